import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { isDeepStrictEqual } from 'node:util';
import { BatchingSpanExporter, OtlpBatchingSpanExporter } from '@llm-otel/batching-exporter';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';
import { startCollector } from './collector.js';
import { startCountingProxy } from './counting-proxy.js';
import { expectedJson, type JsonSpan, withoutDefaults } from './otlp-json.js';
import { sendVariedSpans } from './varied-spans.js';

const COUNT = 100_000;

const OPTIONS = { queue: { maxSpans: COUNT, maxBytes: 1_024 * 1_024 * 1_024 }, timeoutMillis: 120_000 };

const setups = {
  OtlpBatchingSpanExporter: (url: string) => new OtlpBatchingSpanExporter({ url, ...OPTIONS }),
  'BatchingSpanExporter around the stock OTLP exporter': (url: string) =>
    new BatchingSpanExporter(new OTLPTraceExporter({ url }), OPTIONS),
};

describe('the OpenTelemetry Collector', () => {
  before(() => {
    process.env.OTEL_EXPORTER_OTLP_COMPRESSION = 'gzip';
  });

  for (const [name, setup] of Object.entries(setups))
    it(`receives what was sent: ${COUNT} spans, gzip, ${name}`, async () => {
      const collector = await startCollector();
      const proxy = await startCountingProxy(collector.url);
      try {
        const exporter = setup(proxy.url);
        const sent = await sendVariedSpans(exporter, COUNT);
        expect(exporter.stats()).to.include({ accepted: COUNT, exported: COUNT });
        await exporter.shutdown();
        await collector.stop();
        const { requests, zippedRequests, bytes, unzippedBytes } = proxy.counts;
        expect(zippedRequests).to.equal(requests);
        expect(bytes).to.be.lessThan(unzippedBytes / 4);
        const comparison = await compare(collector.output, sent);
        expect(comparison, JSON.stringify(comparison.different[0])).to.deep.equal({
          received: COUNT,
          missing: 0,
          foreign: 0,
          twice: 0,
          different: [],
        });
      } finally {
        await proxy.close();
        await collector.clean();
      }
    });
});

interface Comparison {
  readonly received: number;
  readonly missing: number;
  readonly foreign: number;
  readonly twice: number;
  /** The first few of those that are not as they were sent. */
  readonly different: readonly unknown[];
}

async function compare(output: string, sent: ReadonlyMap<string, ReadableSpan>): Promise<Comparison> {
  const seen = new Set<string>();
  const different: unknown[] = [];
  let received = 0;
  let foreign = 0;
  for await (const actual of spansIn(output)) {
    received++;
    const id = String(actual.span.spanId);
    const original = sent.get(id);
    seen.add(id);
    if (original === undefined) foreign++;
    else if (different.length < 3) {
      const expected = expectedJson(original);
      if (!isDeepStrictEqual(actual, expected)) different.push({ actual, expected });
    }
  }
  const missing = [...sent.keys()].filter((id) => !seen.has(id)).length;
  return { received, missing, foreign, twice: received - seen.size, different };
}

async function* spansIn(output: string): AsyncGenerator<JsonSpan> {
  for await (const line of createInterface(createReadStream(output)))
    for (const { resource, scopeSpans } of JSON.parse(line).resourceSpans)
      for (const { scope, spans } of scopeSpans)
        for (const span of spans) yield { resource, scope, span: withoutDefaults(span) };
}
