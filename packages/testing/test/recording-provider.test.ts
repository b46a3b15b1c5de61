import { context, trace } from '@opentelemetry/api';
import { type ReadableSpan, SamplingDecision } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';
import {
  FakeSpanExporter,
  installContextManager,
  processorWith,
  recordingProvider,
  sdkLines,
} from '../src/index.js';

describe('sdkLines', () => {
  it('are the last 1.x, the last 2.x and the current 3.x', () => {
    expect(sdkLines.map(({ name }) => name)).to.deep.equal(['1.30', '2.12', '3.1']);
  });
});

describe('register', () => {
  it('installs nothing if there already is a global provider or context manager', () => {
    trace.setGlobalTracerProvider(trace.getTracerProvider());
    expect(() => recordingProvider().register()).to.throw('global tracer provider already');
    trace.disable();
    const uninstall = installContextManager();
    expect(() => recordingProvider().register()).to.throw('global context manager already');
    uninstall();
  });
});

for (const sdk of sdkLines)
  describe(`recordingProvider on SDK ${sdk.name}`, () => {
    it('keeps ended spans as earlier processors left them', () => {
      const provider = recordingProvider(
        [processorWith({ onEnd: (span) => void Object.assign(span.attributes, { added: true }) })],
        { sdk },
      );
      provider
        .getTracer('scope', '1.0')
        .startSpan('a', { attributes: { own: 1 } })
        .end();
      expect(provider.spans.map(({ name, attributes }) => ({ name, attributes }))).to.deep.equal([
        { name: 'a', attributes: { own: 1, added: true } },
      ]);
      expect(provider.spans[0]?.ended).to.equal(true);
    });

    it('keeps the same span object that the processors received', () => {
      const seen: ReadableSpan[] = [];
      const keptBefore: number[] = [];
      const onEnd = (span: ReadableSpan) => {
        seen.push(span);
        keptBefore.push(provider.spans.length);
      };
      const provider = recordingProvider([processorWith({ onEnd })], { sdk });
      provider.tracer.startSpan('a').end();
      provider.tracer.startSpan('b').end();
      expect(keptBefore).to.deep.equal([0, 1]);
      expect(provider.spans).to.have.length(2);
      expect(provider.spans.every((span, index) => span === seen[index])).to.equal(true);
    });

    it(`${sdk.hasOnEnding ? 'calls' : 'does not call'} onEnding, where attributes can be set`, () => {
      const provider = recordingProvider(
        [processorWith({ onEnding: (span) => void span.setAttribute('set', 1) })],
        {
          sdk,
        },
      );
      provider.tracer.startSpan('a').end();
      expect(provider.spans[0]?.attributes).to.deep.equal(sdk.hasOnEnding ? { set: 1 } : {});
    });

    it(`${sdk.hasAnyValueAttributes ? 'keeps' : 'drops'} attributes that are maps`, () => {
      const provider = recordingProvider([], { sdk });
      provider.tracer.startSpan('a', { attributes: { map: { a: 1 } } as never }).end();
      const kept = sdk.hasAnyValueAttributes ? { map: { a: 1 } } : {};
      expect(provider.spans[0]?.attributes).to.deep.equal(kept);
    });

    it('honours span limits, sampler and resource', () => {
      const decisions = [SamplingDecision.NOT_RECORD, SamplingDecision.RECORD];
      const provider = recordingProvider([], {
        sdk,
        spanLimits: { attributeCountLimit: 1 },
        sampler: {
          shouldSample: () => ({ decision: decisions.shift() ?? SamplingDecision.RECORD_AND_SAMPLED }),
          toString: () => 'in turn',
        },
        resource: { 'service.name': 'shop' },
      });
      for (const name of ['dropped', 'recorded only', 'sampled'])
        provider.tracer.startSpan(name, { attributes: { a: 1, b: 2 } }).end();
      expect(provider.spans.map(({ name }) => name)).to.deep.equal(['recorded only', 'sampled']);
      expect(provider.spans[0]?.attributes).to.deep.equal({ a: 1 });
      expect(provider.spans[0]?.droppedAttributesCount).to.equal(1);
      expect(provider.spans[0]?.resource.attributes).to.include({ 'service.name': 'shop' });
    });

    it("passes on forceFlush and shutdown to the SDK's own simple and batch processors", async () => {
      const simple = new FakeSpanExporter();
      const batch = new FakeSpanExporter();
      const provider = recordingProvider(
        [sdk.simpleProcessor(simple), sdk.batchProcessor(batch, { scheduledDelayMillis: 60_000 })],
        { sdk },
      );
      provider.tracer.startSpan('a').end();
      expect(batch.spans).to.deep.equal([]);
      await provider.forceFlush();
      expect([simple.spans.length, batch.spans.length]).to.deep.equal([1, 1]);
      await provider.shutdown();
      expect([simple.shutdownCalls, batch.shutdownCalls]).to.deep.equal([1, 1]);
    });

    it('becomes the global provider, keeps spans active across await, and undoes both', async () => {
      const provider = recordingProvider([], { sdk });
      const undo = provider.register();
      try {
        expect(() => recordingProvider().register()).to.throw('already');
        await trace.getTracer('global').startActiveSpan('parent', async (parent) => {
          await new Promise(setImmediate);
          expect(trace.getActiveSpan()).to.equal(parent);
          parent.end();
        });
      } finally {
        undo();
      }
      expect(provider.spans).to.have.length(1);
      trace.getTracer('global').startSpan('not recorded').end();
      expect(provider.spans).to.have.length(1);
      context.with(context.active(), () => expect(trace.getActiveSpan()).to.equal(undefined));
      recordingProvider().register()();
    });
  });
