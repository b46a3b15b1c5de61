import { FakeSpanExporter, type SdkLine, sdkLines, startOtlpReceiver } from '@llm-otel/testing';
import { context, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import type { SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';
import { BatchingSpanExporter } from '../../src/index.js';
import { idOf, summary } from '../support.js';

const processors = {
  SimpleSpanProcessor: (sdk: SdkLine, exporter: SpanExporter) => sdk.simpleProcessor(exporter),
  BatchSpanProcessor: (sdk: SdkLine, exporter: SpanExporter) =>
    sdk.batchProcessor(exporter, { scheduledDelayMillis: 20, maxExportBatchSize: 7 }),
};

/** Ends ten children of one parent, and the parent, and gives back its id. */
function trace11Spans(
  sdk: SdkLine,
  processor: SpanProcessor,
): { parentId: string; shutdown: () => Promise<void> } {
  const provider = sdk.createProvider({ spanProcessors: [processor] });
  const tracer = provider.getTracer('agent');
  const parent = tracer.startSpan('parent');
  for (let i = 0; i < 10; i++) tracer.startSpan('child', {}, trace.setSpan(context.active(), parent)).end();
  parent.end();
  return { parentId: parent.spanContext().spanId, shutdown: () => provider.shutdown() };
}

for (const sdk of sdkLines)
  for (const [name, processorOf] of Object.entries(processors))
    describe(`BatchingSpanExporter behind the ${name} of SDK ${sdk.name}`, () => {
      it('delivers every span before shutdown is over, and shuts the wrapped exporter down', async () => {
        const inner = new FakeSpanExporter({ export: { delayMillis: 5 } });
        const exporter = new BatchingSpanExporter(inner, { batch: { maxSpans: 4 } });
        const { parentId, shutdown } = trace11Spans(sdk, processorOf(sdk, exporter));
        await shutdown();
        expect(new Set(inner.delivered.map(idOf)).size).to.equal(11);
        expect(inner.shutdownCalls).to.equal(1);
        expect(summary(exporter)).to.deep.include({ accepted: 11, exported: 11, dropped: {} });
        // Each line's own field for the parent comes through as it is.
        const parents = inner.delivered.map((span) =>
          'parentSpanId' in span ? span.parentSpanId : span.parentSpanContext?.spanId,
        );
        expect(parents.filter((id) => id === parentId)).to.have.length(10);
      });
    });

describe('BatchingSpanExporter behind a SimpleSpanProcessor', () => {
  for (const sdk of sdkLines)
    it(`has everything delivered when forceFlush of the provider is over (SDK ${sdk.name})`, async () => {
      const inner = new FakeSpanExporter({ export: { delayMillis: 5 } });
      const exporter = new BatchingSpanExporter(inner);
      const provider = sdk.createProvider({ spanProcessors: [sdk.simpleProcessor(exporter)] });
      for (let i = 0; i < 20; i++) provider.getTracer('agent').startSpan('call').end();
      await provider.forceFlush();
      expect(inner.delivered).to.have.length(20);
      expect(inner.batches).to.have.length(1);
      await provider.shutdown();
    });
});

describe('BatchingSpanExporter before the stock OTLP exporter', () => {
  // The exporter of this line reads the spans of these; those of 1.30 go with an exporter of their own.
  for (const sdk of sdkLines.filter(({ name }) => name !== '1.30'))
    it(`delivers spans of SDK ${sdk.name} with their parents`, async () => {
      const receiver = await startOtlpReceiver();
      const exporter = new BatchingSpanExporter(new OTLPTraceExporter({ url: receiver.url }));
      const { parentId, shutdown } = trace11Spans(sdk, sdk.simpleProcessor(exporter));
      await shutdown();
      expect(receiver.spans.filter(({ parentSpanId }) => parentSpanId === parentId)).to.have.length(10);
      expect(receiver.spans.filter(({ spanId }) => spanId === parentId)).to.have.length(1);
      await receiver.close();
    });
});
