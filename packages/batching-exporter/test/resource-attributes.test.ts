import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type OtlpReceiver, recordDiag, startOtlpReceiver } from '@llm-otel/testing';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';
import { type BatchingOptions, BatchingSpanExporter, OtlpBatchingSpanExporter } from '../src/index.js';
import { handOver } from './support.js';

describe('attributes of a resource that are found out late', () => {
  let receiver: OtlpReceiver;
  beforeEach(async () => {
    receiver = await startOtlpReceiver();
  });
  afterEach(() => receiver.close());

  /** Not with a SimpleSpanProcessor, which itself waits for the attributes, for ever if need be. */
  const providerOf = (
    exporter: BatchingSpanExporter | OtlpBatchingSpanExporter,
    hostId: Promise<string>,
  ): BasicTracerProvider =>
    new BasicTracerProvider({
      resource: resourceFromAttributes({ 'service.name': 'shop', 'host.id': hostId }),
      spanProcessors: [
        {
          onStart: () => undefined,
          onEnd: (span) => handOver(exporter, [span]),
          forceFlush: () => exporter.forceFlush(),
          shutdown: () => exporter.shutdown(),
        },
      ],
    });

  for (const [name, create] of [
    [
      'OtlpBatchingSpanExporter',
      (options?: BatchingOptions) => new OtlpBatchingSpanExporter({ url: receiver.url, ...options }),
    ],
    [
      'BatchingSpanExporter',
      (options?: BatchingOptions) =>
        new BatchingSpanExporter(new OTLPTraceExporter({ url: receiver.url }), options),
    ],
  ] as const) {
    it(`are not asked for with each write to the storage, of which the SDK would complain: ${name}`, async () => {
      const directory = mkdtempSync(join(tmpdir(), 'llm-otel-resource-'));
      const diagnostics = recordDiag();
      const provider = providerOf(
        create({ storage: { directory } }),
        sleep(500).then(() => 'found'),
      );
      for (let i = 0; i < 15; i++) {
        provider.getTracer('test').startSpan('span').end();
        await sleep(25);
      }
      await provider.forceFlush();
      await provider.shutdown();
      diagnostics.stop();
      expect(receiver.spans.map(({ resource }) => resource)).to.deep.equal(
        Array(15).fill({ 'service.name': 'shop', 'host.id': 'found' }),
      );
      expect(diagnostics.messages.map(({ message }) => message)).to.deep.equal([
        'Accessing resource attributes before async attributes settled',
      ]);
      rmSync(directory, { recursive: true });
    });

    it(`are not waited for after shutdown, which has counted the spans as lost: ${name}`, async () => {
      const exporter = create({ timeoutMillis: 100 });
      const provider = providerOf(
        exporter,
        sleep(300).then(() => 'found'),
      );
      provider.getTracer('test').startSpan('span').end();
      await provider.shutdown();
      await sleep(500);
      expect(receiver.requests).to.have.length(0);
      expect(exporter.stats().dropped.shutdown_timeout).to.equal(1);
    });

    it(`are waited for once, and spans are delivered without what never comes: ${name}`, async () => {
      const provider = providerOf(create(), new Promise(() => undefined));
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
  }
});
