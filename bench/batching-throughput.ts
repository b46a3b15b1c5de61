// Time from the first span to the last one acknowledged by a receiver in another process, for both batching exporters
// beside the stock BatchSpanProcessor and OTLP exporter, in one run.
// npx tsx bench/batching-throughput.ts [--brief]
import { setTimeout as sleep } from 'node:timers/promises';
import { type ForkedOtlpReceiver, forkOtlpReceiver } from '@llm-otel/testing';
import { contentsOf, createProvider, llmSpan, type Setup, setups } from './support/export-setups.js';
import { mapValues, median, round } from './support/statistics.js';

const brief = process.argv.includes('--brief');
const ROUNDS = brief ? 1 : 7;
/** No more than the stock exporter takes at a time without losing any: 30 batches of 512. */
const SPANS = brief ? 3_000 : 15_000;
const CONTENT_KIB = 16;
const WAIT_MILLIS = 10_000;
/** How long the answer of a backend that is not on this machine may take. */
const FAR_MILLIS = 30;
const FAR_SPANS = brief ? 1_000 : 5_000;

async function main(): Promise<void> {
  const report = {
    bench: 'batching-throughput',
    node: process.version,
    brief,
    load: `${SPANS} spans and forceFlush; medians of ${ROUNDS}`,
    [`with${CONTENT_KIB}KiB`]: { ...(await throughput(contentsOf(CONTENT_KIB))), bar: 5 },
    withoutContent: { ...(await throughput()), bar: 1.2 },
    [`${FAR_SPANS}With${CONTENT_KIB}KiB${FAR_MILLIS}MillisAway`]: await throughput(
      contentsOf(CONTENT_KIB),
      FAR_SPANS,
      FAR_MILLIS,
    ),
  };
  console.log(JSON.stringify(report, null, 2));
}

async function throughput(texts?: readonly string[], spans = SPANS, delayMillis = 0) {
  const receiver = await forkOtlpReceiver({ keep: 'ids' });
  if (delayMillis > 0) await receiver.answerAlways({ delayMillis });
  const millis: Record<Exclude<Setup, 'control'>, number[]> = { stock: [], generic: [], fast: [] };
  // Negative rounds are for the compiler.
  for (let at = -1; at < ROUNDS; at++)
    for (const setup of setups) {
      if (setup === 'control') continue;
      await receiver.clear();
      globalThis.gc?.();
      const provider = createProvider(setup, receiver.url, { maxSpans: spans, maxBytes: 2 ** 30 });
      const tracer = provider.getTracer('bench');
      const start = performance.now();
      for (let i = 0; i < spans; i++) llmSpan(tracer, i, texts?.[i % texts.length]);
      await provider.forceFlush();
      const received = await receivedOf(spans, receiver);
      if (at >= 0) millis[setup].push(performance.now() - start);
      if (received !== spans) throw new Error(`${setup}: ${received} of ${spans} spans arrived`);
      await provider.shutdown();
    }
  await receiver.close();
  const medians = mapValues(millis, median);
  const timesStock = (setup: 'generic' | 'fast') => round(medians.stock / medians[setup], 2);
  return {
    medianMillis: mapValues(medians, (value) => round(value, 0)),
    timesStock: { generic: timesStock('generic'), fast: timesStock('fast') },
  };
}

/** Waits for what forceFlush of the stock processor does not wait for: the batch that was being sent when it was called. */
async function receivedOf(spans: number, receiver: ForkedOtlpReceiver): Promise<number> {
  const deadline = performance.now() + WAIT_MILLIS;
  for (;;) {
    const received = await receiver.spanCount();
    if (received >= spans || performance.now() > deadline) return received;
    await sleep(1);
  }
}

void main();
