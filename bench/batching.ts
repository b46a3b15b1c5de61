// What telemetry costs the application: time inside span.end(), and how long the event loop is held, for both batching
// exporters beside the stock BatchSpanProcessor and OTLP exporter and a processor that does nothing, in one run.
// npx tsx bench/batching.ts [--brief]
import { setTimeout as sleep } from 'node:timers/promises';
import { BatchingSpanExporter, OtlpBatchingSpanExporter } from '@llm-otel/batching-exporter';
import { type ForkedOtlpReceiver, forkOtlpReceiver } from '@llm-otel/testing';
import type { Tracer } from '@opentelemetry/api';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  NoopSpanProcessor,
  type SpanExporter,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import {
  contentsOf,
  createProvider,
  handOver,
  llmSpan,
  type Setup,
  setups,
} from './support/export-setups.js';
import { LoopDelay } from './support/loop-delay.js';
import { mapValues, median, percentile, round } from './support/statistics.js';

const brief = process.argv.includes('--brief');
const ROUNDS = brief ? 40 : 200;
const SPANS_PER_ROUND = 500;
const STALL_ROUNDS = brief ? 1 : 3;
const STALL_SECONDS = brief ? 2 : 10;
const STALL_SPANS_PER_SECOND = 200;
const CONTENT_KIB = 32;

const contents = contentsOf(CONTENT_KIB);

async function main(): Promise<void> {
  const receiver = await forkOtlpReceiver({ keep: 'ids' });
  const report = {
    bench: 'batching',
    node: process.version,
    brief,
    callersPath: {
      spans: ROUNDS * SPANS_PER_ROUND,
      withoutContent: await callersPath(receiver),
      [`with${CONTENT_KIB}KiB`]: await callersPath(receiver, contents),
    },
    eventLoopDelay: {
      load: `${STALL_SPANS_PER_SECOND} spans/s x ${CONTENT_KIB} KiB for ${STALL_SECONDS} s, then shutdown; medians of ${STALL_ROUNDS}`,
      ...(await eventLoopDelay(receiver)),
    },
  };
  await receiver.close();
  console.log(JSON.stringify(report, null, 2));
}

/** Medians, over interleaved rounds, of the microseconds a span takes from its start to the return of `end()`. */
async function callersPath({ url }: ForkedOtlpReceiver, texts?: readonly string[]): Promise<object> {
  // Nobody serializes or sends: that is what the other figures are about. The fast path has no exporter to leave out.
  const processors = {
    control: new NoopSpanProcessor(),
    stock: new BatchSpanProcessor(discard()),
    generic: handOver(new BatchingSpanExporter(discard())),
    fast: handOver(new OtlpBatchingSpanExporter({ url })),
  } satisfies Record<Setup, SpanProcessor>;
  const measured = setups.map((name) => ({
    name,
    provider: new BasicTracerProvider({ spanProcessors: [processors[name]] }),
    micros: [] as number[],
  }));
  for (let round = -5; round < ROUNDS; round++) {
    // Each goes first as often as the others.
    for (let at = 0; at < measured.length; at++) {
      const current = measured[(at + round + 5) % measured.length];
      if (current === undefined) continue;
      const tracer = current.provider.getTracer('bench');
      const start = performance.now();
      for (let i = 0; i < SPANS_PER_ROUND; i++) llmSpan(tracer, i, texts?.[i % texts.length]);
      const micros = ((performance.now() - start) * 1_000) / SPANS_PER_ROUND;
      // Negative rounds are for the compiler.
      if (round >= 0) current.micros.push(micros);
      await current.provider.forceFlush();
      await sleep(1);
    }
  }
  for (const { provider } of measured) await provider.shutdown();
  const medians = Object.fromEntries(measured.map(({ name, micros }) => [name, median(micros)]));
  const control = medians.control ?? Number.NaN;
  return {
    medianMicros: mapValues(medians, (value) => round(value, 2)),
    ratioToControl: mapValues(medians, (value) => round(value / control, 2)),
  };
}

interface Stalls {
  readonly maxMillis: number;
  readonly p999Millis: number;
  readonly sent: number;
  readonly received: number;
}

/** Delay of the event loop under a steady load, with a real receiver in another process. */
async function eventLoopDelay(receiver: ForkedOtlpReceiver): Promise<object> {
  const all: Record<Setup, Stalls[]> = { control: [], stock: [], generic: [], fast: [] };
  for (let round = 0; round < STALL_ROUNDS; round++)
    for (const name of setups) all[name].push(await stallsOf(name, receiver));
  const medians = mapValues(all, (rounds) => ({
    maxMillis: round(median(rounds.map(({ maxMillis }) => maxMillis)), 1),
    p999Millis: round(median(rounds.map(({ p999Millis }) => p999Millis)), 1),
    sent: rounds.reduce((sum, { sent }) => sum + sent, 0),
    received: rounds.reduce((sum, { received }) => sum + received, 0),
  }));
  const above = (name: Setup, figure: 'maxMillis' | 'p999Millis') =>
    (medians[name]?.[figure] ?? Number.NaN) - (medians.control?.[figure] ?? Number.NaN);
  // Null where the control was as slow as the exporter: there is nothing left to compare.
  const ratio = (name: Setup, figure: 'maxMillis' | 'p999Millis') =>
    above(name, figure) > 0 ? round(above('stock', figure) / above(name, figure), 1) : null;
  return {
    ...medians,
    stockToGeneric: { max: ratio('generic', 'maxMillis'), p999: ratio('generic', 'p999Millis'), bar: 8 },
    stockToFast: { max: ratio('fast', 'maxMillis'), p999: ratio('fast', 'p999Millis'), bar: 20 },
  };
}

async function stallsOf(name: Setup, receiver: ForkedOtlpReceiver): Promise<Stalls> {
  await receiver.clear();
  globalThis.gc?.();
  const provider = createProvider(name, receiver.url);
  const delay = new LoopDelay();
  const sent = await steadyLoad(provider.getTracer('bench'), () => delay.start());
  await provider.shutdown();
  await sleep(20);
  const samples = delay.stop();
  return {
    maxMillis: percentile(samples, 100),
    p999Millis: percentile(samples, 99.9),
    sent,
    received: await receiver.spanCount(),
  };
}

async function steadyLoad(tracer: Tracer, onWarm: () => void): Promise<number> {
  for (let i = 0; i < 50; i++) llmSpan(tracer, i, contents[i % contents.length]);
  await sleep(200);
  onWarm();
  let sent = 50;
  const start = performance.now();
  for (;;) {
    const elapsedSeconds = (performance.now() - start) / 1_000;
    if (elapsedSeconds >= STALL_SECONDS) return sent;
    for (; sent < 50 + elapsedSeconds * STALL_SPANS_PER_SECOND; sent++)
      llmSpan(tracer, sent, contents[sent % contents.length]);
    await sleep(5);
  }
}

function discard(): SpanExporter {
  return { export: (_spans, resultCallback) => resultCallback({ code: 0 }), shutdown: async () => undefined };
}

void main();
