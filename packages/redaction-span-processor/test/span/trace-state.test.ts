import { inspect } from 'node:util';
import {
  LlmRedactionSpanProcessor,
  type RedactionOptions,
  redactingSpanExporter,
} from '@llm-otel/redaction-span-processor';
import { FakeSpanExporter, recordingProvider, sdkLines, startOtlpReceiver } from '@llm-otel/testing';
import { createTraceState, ROOT_CONTEXT, type SpanContext, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';

const SECRET = 'bob@example.com';
const WHOLE = `app=${SECRET},dd=s:1;o:rum,other=harmless`;
const CLEAN = 'dd=s:1;o:rum,other=harmless';

const contextWith = (traceState: string): SpanContext => ({
  traceId: '1'.repeat(32),
  spanId: '2'.repeat(16),
  traceFlags: 1,
  traceState: createTraceState(traceState),
});

for (const sdk of sdkLines)
  describe(`trace state on SDK ${sdk.name}`, () => {
    const endedSpan = (traceState = WHOLE, processors: LlmRedactionSpanProcessor[] = []) => {
      const provider = recordingProvider(processors, { sdk });
      const context = contextWith(traceState);
      const parent = trace.setSpanContext(ROOT_CONTEXT, context);
      provider.tracer.startSpan('GET /', { links: [{ context }] }, parent).end();
      const [span] = provider.spans;
      if (span === undefined) throw new Error('the span did not end');
      return span;
    };
    const viewOf = (span: ReadableSpan, options?: RedactionOptions) => {
      const exporter = new FakeSpanExporter();
      redactingSpanExporter(exporter, options).export([span], () => undefined);
      const [view] = exporter.spans;
      if (view === undefined) throw new Error('nothing was exported');
      return view;
    };
    const statesOf = (span: ReadableSpan) =>
      [span.spanContext(), span.parentSpanContext ?? span.spanContext(), span.links[0]?.context].map(
        (context) => context?.traceState?.serialize(),
      );

    it('loses, in a view, the entries in which a pattern finds something', () => {
      const span = endedSpan();
      expect(statesOf(viewOf(span))).to.deep.equal([CLEAN, CLEAN, CLEAN]);
      // The application propagates the original.
      expect(statesOf(span)).to.deep.equal([WHOLE, WHOLE, WHOLE]);
    });

    if (sdk.hasOnEnding)
      it('loses them in the context of the parent, even if the span itself has no trace state', () => {
        const { traceState: _, ...context } = endedSpan().spanContext();
        const span: ReadableSpan = Object.create(endedSpan(), { spanContext: { value: () => context } });
        expect(viewOf(span).parentSpanContext?.traceState?.serialize()).to.equal(CLEAN);
      });

    it('is scanned from the first to the last character of a value', () => {
      const span = endedSpan('first=4111111111111111,other=harmless');
      expect(viewOf(span).spanContext().traceState?.serialize()).to.equal('other=harmless');
    });

    it('stays unchanged, like the span, if there is nothing to find', () => {
      const span = endedSpan(CLEAN);
      expect(viewOf(span)).to.equal(span);
      const whole = endedSpan();
      expect(viewOf(whole, { patterns: [] })).to.equal(whole);
    });

    it('is absent if all entries are removed', () => {
      expect(viewOf(endedSpan(`app=${SECRET}`)).spanContext()).to.not.have.property('traceState');
    });

    it('is redacted by rules and lists, as attributes tracestate.<key> would be', () => {
      const view = viewOf(endedSpan(), { blockKeys: ['tracestate.dd'], patterns: [] });
      expect(view.spanContext().traceState?.serialize()).to.equal(`app=${SECRET},other=harmless`);
      const listed = viewOf(endedSpan(), { mode: 'allow', allowKeys: ['tracestate.other'] });
      expect(listed.spanContext().traceState?.serialize()).to.equal('other=harmless');
    });

    // The stock exporter needs SDK 2 or later.
    if (sdk.hasOnEnding)
      it('is not in what the stock OTLP exporter sends of a view', async () => {
        const receiver = await startOtlpReceiver();
        const exporter = new OTLPTraceExporter({ url: receiver.url });
        const span = endedSpan();
        await new Promise<void>((done) => exporter.export([span], () => done()));
        await new Promise<void>((done) => redactingSpanExporter(exporter).export([span], () => done()));
        const [bare = '', behind = ''] = receiver.spans.map((received) => inspect(received, { depth: 9 }));
        expect(bare.split(SECRET), 'without a view').to.have.length(3);
        expect(behind.split(CLEAN), 'what stays').to.have.length(3);
        expect(behind).to.not.include(SECRET);
        await exporter.shutdown();
        await receiver.close();
      });

    it('is removed from links by the processor, which must not change that of the span', () => {
      const span = endedSpan(WHOLE, [new LlmRedactionSpanProcessor()]);
      expect(span.links[0]?.context.traceState?.serialize()).to.equal(CLEAN);
      expect(span.spanContext().traceState?.serialize()).to.equal(WHOLE);
    });

    it("is removed entirely if it can't be read", () => {
      const span = endedSpan(CLEAN);
      const throwing = (): never => {
        throw new Error(SECRET);
      };
      const traceState = { get: throwing, set: throwing, unset: throwing, serialize: throwing };
      Object.assign(span, { spanContext: () => ({ ...contextWith(''), traceState }) });
      expect(viewOf(span).spanContext()).to.not.have.property('traceState');
    });
  });
