import { redactingSpanExporter } from '@llm-otel/redaction-span-processor';
import { FakeSpanExporter, recordDiag, recordingProvider, sdkLines } from '@llm-otel/testing';
import { type Attributes, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';

const call: Attributes = { 'llm.model': 'gpt-4o' };
const content: Attributes = { 'llm.prompt': 'secret' };
const parent = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), traceFlags: 1 };

/** Everything that a span has or inherits, except private fields, methods that write to it, and Node's `inspect`. */
function readable(span: ReadableSpan): Record<string, unknown> {
  const found: Record<string, unknown> = {};
  for (let at: object | null = span; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at))
    for (const name of Object.getOwnPropertyNames(at)) {
      const value: unknown = Reflect.get(span, name);
      if (!name.startsWith('_') && typeof value !== 'function') found[name] = value;
    }
  return { ...found, spanContext: span.spanContext() };
}

for (const sdk of sdkLines) {
  describe(`redactingSpanExporter on SDK ${sdk.name}`, () => {
    const endedSpan = (attributes: Attributes) => {
      const provider = recordingProvider([], { sdk, resource: { 'service.name': 'app' } });
      const span = provider
        .getTracer('scope', '1.2.3')
        .startSpan(
          'chat',
          { kind: SpanKind.CLIENT, attributes, links: [{ context: parent, attributes: content }] },
          trace.setSpanContext(ROOT_CONTEXT, parent),
        );
      span.addEvent('gen_ai.choice', { content: 'secret', index: 0 });
      span.setStatus({ code: SpanStatusCode.ERROR, message: 'secret' });
      span.end();
      const [ended] = provider.spans;
      if (ended === undefined) throw new Error('the span did not end');
      // Three different counts, so that mixing them up is noticed.
      return Object.defineProperties(ended, {
        droppedAttributesCount: { value: 5 },
        droppedEventsCount: { value: 6 },
        droppedLinksCount: { value: 7 },
      });
    };

    const exported = (span: ReadableSpan, options?: Parameters<typeof redactingSpanExporter>[1]) => {
      const exporter = new FakeSpanExporter();
      redactingSpanExporter(exporter, options).export([span], () => undefined);
      const [view] = exporter.spans;
      if (view === undefined) throw new Error('nothing was exported');
      return view;
    };

    it('gives the exporter a span without content', () => {
      const view = exported(endedSpan({ ...call, ...content }));
      expect(view.attributes).to.deep.equal(call);
      expect(view.status).to.deep.equal({ code: SpanStatusCode.ERROR });
      expect(view.events[0]?.attributes).to.deep.equal({ index: 0 });
      expect(view.links[0]?.attributes).to.deep.equal({});
    });

    it('gives it all other parts of the span unchanged', () => {
      const span = endedSpan({ ...call, ...content });
      const { attributes, events, links, status, ...rest } = readable(span);
      const view = readable(exported(span));
      expect(Object.keys(rest)).to.include.members(['name', 'kind', 'duration', 'ended', 'resource']);
      for (const [name, value] of Object.entries(rest)) expect(view[name], name).to.equal(value);
      expect(Object.keys(view).sort()).to.deep.equal(
        Object.keys({ attributes, events, links, status, ...rest }).sort(),
      );
      for (const name of [
        'parentSpanContext',
        'parentSpanId',
        'instrumentationScope',
        'instrumentationLibrary',
      ])
        expect(name in exported(span), name).to.equal(name in span);
    });

    it('gives it nothing that refers to the content', () => {
      const span = endedSpan({ ...call, ...content });
      expect(JSON.stringify(readable(exported(span)))).not.to.include('secret');
      expect(Reflect.ownKeys(exported(span)).filter((key) => String(key).startsWith('_'))).to.deep.equal([]);
    });

    it('leaves the span itself unchanged', () => {
      const span = endedSpan({ ...call, ...content });
      const before = structuredClone([span.attributes, span.status, span.events, span.links]);
      exported(span);
      expect([span.attributes, span.status, span.events, span.links]).to.deep.equal(before);
    });

    it('lets two destinations receive different content', () => {
      const span = endedSpan({ ...call, ...content });
      expect(exported(span, { content: 'mask' }).attributes).to.deep.equal({
        ...call,
        'llm.prompt': '[REDACTED]',
      });
      expect(exported(span, { content: 'keep' })).to.equal(span);
      expect(exported(span).attributes).to.deep.equal(call);
    });

    it('passes on the span itself if it has no content', () => {
      const provider = recordingProvider([], { sdk });
      provider.tracer.startSpan('chat', { attributes: call }).end();
      const [span] = provider.spans;
      if (span === undefined) throw new Error('the span did not end');
      expect(exported(span)).to.equal(span);
    });
  });
}

describe('redactingSpanExporter', () => {
  const codes = (exporter: FakeSpanExporter) => {
    const given: number[] = [];
    redactingSpanExporter(exporter).export([], ({ code }) => given.push(code));
    return given;
  };

  it('passes on the result', () => {
    expect(codes(new FakeSpanExporter())).to.deep.equal([0]);
    expect(codes(new FakeSpanExporter({ export: 'fail' }))).to.deep.equal([1]);
  });

  it('reports failure if an async export() rejects, and handles the rejection', async () => {
    const diagnostics = recordDiag();
    const exporter = {
      export: async () => {
        throw new Error('secret');
      },
      shutdown: async () => undefined,
    };
    const { code, error } = await new Promise<{ code: number; error?: Error }>((resolve) =>
      redactingSpanExporter(exporter).export([], resolve),
    );
    diagnostics.stop();
    expect([code, error?.message]).to.deep.equal([1, 'secret']);
    expect(diagnostics.messages).to.have.length(1);
  });

  it('reports failure, with the error, if the exporter throws', () => {
    const diag = recordDiag();
    try {
      let failure: Error | undefined;
      redactingSpanExporter(new FakeSpanExporter({ export: 'throw' })).export([], ({ code, error }) => {
        expect(code).to.equal(1);
        failure = error;
      });
      expect(failure).to.be.instanceOf(Error);
      expect(diag.messages[0]?.message).to.equal('redactingSpanExporter: the wrapped exporter threw');
    } finally {
      diag.stop();
    }
  });

  it('calls back once, whatever the exporter or the callback does', () => {
    const diag = recordDiag();
    try {
      expect(codes(new FakeSpanExporter({ export: 'twice' }))).to.deep.equal([0]);
      let answers = 0;
      redactingSpanExporter(new FakeSpanExporter()).export([], () => {
        answers += 1;
        throw new Error('words');
      });
      expect(answers).to.equal(1);
    } finally {
      diag.stop();
    }
  });

  it('passes on forceFlush and shutdown, and their outcome', async () => {
    const exporter = new FakeSpanExporter();
    const wrapped = redactingSpanExporter(exporter);
    await wrapped.forceFlush?.();
    await wrapped.shutdown();
    expect([exporter.forceFlushCalls, exporter.shutdownCalls]).to.deep.equal([1, 1]);
    const failing = redactingSpanExporter(new FakeSpanExporter({ shutdown: { error: new Error('no') } }));
    expect(await failing.shutdown().catch((error: Error) => error.message)).to.equal('no');
  });

  it('accepts an exporter without forceFlush', async () => {
    const bare = { export: () => undefined, shutdown: async () => undefined };
    await redactingSpanExporter(bare).forceFlush?.();
  });

  it('reports once that it removed an unreadable value', () => {
    const diag = recordDiag();
    try {
      const provider = recordingProvider();
      provider.tracer.startSpan('a', { attributes: call }).end();
      for (const { attributes } of provider.spans)
        Object.defineProperty(attributes, 'app.trap', {
          enumerable: true,
          get: () => {
            throw new Error('words');
          },
        });
      const exporter = new FakeSpanExporter();
      const wrapped = redactingSpanExporter(exporter);
      for (let count = 0; count < 2; count++) wrapped.export(provider.spans, () => undefined);
      expect(exporter.spans.map(({ attributes }) => attributes)).to.deep.equal([call, call]);
      expect(diag.messages.map(({ message }) => message)).to.deep.equal([
        'redactingSpanExporter: a value could not be read and was removed',
      ]);
    } finally {
      diag.stop();
    }
  });

  it('omits an unreadable span and exports the others', () => {
    const diag = recordDiag();
    try {
      const provider = recordingProvider();
      provider.tracer.startSpan('a', { attributes: call }).end();
      const unreadable = new Proxy({} as ReadableSpan, {
        get: () => {
          throw new Error('secret');
        },
      });
      const exporter = new FakeSpanExporter();
      redactingSpanExporter(exporter).export([unreadable, ...provider.spans], () => undefined);
      expect(exporter.spans.map(({ name }) => name)).to.deep.equal(['a']);
      expect(diag.messages).to.have.length.above(0);
      expect(JSON.stringify(diag.messages)).not.to.include('secret');
    } finally {
      diag.stop();
    }
  });
});
