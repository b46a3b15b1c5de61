// A program that hands spans over until it is killed, and keeps a log of which ones, and when.
import { openSync, writeSync } from 'node:fs';
import { BatchingSpanExporter, OtlpBatchingSpanExporter } from '@llm-otel/batching-exporter';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { BasicTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';

const { path, url, directory, log, spansPerSecond } = JSON.parse(process.argv[2]);
const TICK_MILLIS = 5;
const CONTENT_CHARACTERS = [0, 200, 1_000, 4_000, 32_000];

const options = {
  storage: { directory },
  batch: { flushIntervalMillis: 200 },
  retry: { initialIntervalMillis: 100, maxIntervalMillis: 500 },
};
const exporter =
  path === 'fast'
    ? new OtlpBatchingSpanExporter({ url, ...options })
    : new BatchingSpanExporter(new OTLPTraceExporter({ url }), options);
const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
const tracer = provider.getTracer('load');

if (spansPerSecond === 0) {
  // Only what others left.
  process.on('message', async () => {
    for (let patience = 600; exporter.storageStats().bytes > 0 && patience > 0; patience--)
      await new Promise((resolve) => setTimeout(resolve, 100));
    await provider.shutdown();
    process.send({ stats: exporter.stats(), storage: exporter.storageStats() }, () => process.exit());
  });
} else {
  const file = openSync(log, 'w');
  const contents = CONTENT_CHARACTERS.map((characters) => 'lorem ipsum '.repeat(characters / 12));
  const begin = performance.now();
  let count = 0;
  setInterval(() => {
    const due = Math.floor(((performance.now() - begin) / 1_000) * spansPerSecond);
    for (; count < due; count++) {
      const span = tracer.startSpan('chat gpt-4o');
      span.setAttribute('llm.prompt', contents[count % contents.length]);
      const { spanId } = span.spanContext();
      writeSync(file, `begun ${spanId}\n`);
      span.end();
      writeSync(file, `ended ${spanId} ${Date.now()}\n`);
    }
  }, TICK_MILLIS);
}
process.send('started');
