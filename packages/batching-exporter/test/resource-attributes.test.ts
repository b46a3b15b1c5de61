import { type OtlpReceiver, startOtlpReceiver } from '@llm-otel/testing';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';
import { BatchingSpanExporter, OtlpBatchingSpanExporter } from '../src/index.js';
import { handOver } from './support.js';

describe('a detector that never comes back', () => {
  let receiver: OtlpReceiver;
  beforeEach(async () => {
    receiver = await startOtlpReceiver();
  });
  afterEach(() => receiver.close());

  for (const [name, create] of [
    ['OtlpBatchingSpanExporter', () => new OtlpBatchingSpanExporter({ url: receiver.url })],
    ['BatchingSpanExporter', () => new BatchingSpanExporter(new OTLPTraceExporter({ url: receiver.url }))],
  ] as const)
    it(`is waited for once, and spans are delivered without what it finds: ${name}`, async () => {
      const exporter = create();
      const provider = new BasicTracerProvider({
        resource: resourceFromAttributes({
          'service.name': 'shop',
          'host.id': new Promise<string>(() => undefined),
        }),
        // Not a SimpleSpanProcessor, which itself would wait for ever.
        spanProcessors: [
          {
            onStart: () => undefined,
            onEnd: (span) => handOver(exporter, [span]),
            forceFlush: () => exporter.forceFlush(),
            shutdown: () => exporter.shutdown(),
          },
        ],
      });
      const endSpan = async () => {
        provider.getTracer('test').startSpan('span').end();
        const start = performance.now();
        await provider.forceFlush();
        return performance.now() - start;
      };
      expect(await endSpan()).to.be.within(4_900, 8_000);
      expect(await endSpan()).to.be.lessThan(1_000);
      expect(receiver.spans.map(({ resource }) => resource)).to.deep.equal(
        Array(2).fill({ 'service.name': 'shop' }),
      );
      await provider.shutdown();
    }).timeout(20_000);
});
