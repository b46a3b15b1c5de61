// What telemetry costs the application: time inside span.end(), and how long the event loop is held, for
// BatchingSpanExporter beside the stock BatchSpanProcessor and a processor that does nothing, in one run.
// npx tsx bench/batching.ts [--brief]
import { setTimeout as sleep } from 'node:timers/promises';
import { BatchingSpanExporter } from '@llm-otel/batching-exporter';
import { forkOtlpReceiver } from '@llm-otel/testing';
import type { Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  NoopSpanProcessor,
  type SpanExporter,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-base';

const brief = process.argv.includes('--brief');
const ROUNDS = brief ? 40 : 200;
const SPANS_PER_ROUND = 500;
const STALL_SECONDS = brief ? 2 : 10;
const STALL_SPANS_PER_SECOND = 200;
const CONTENT_KIB = 32;

// Different texts, so that no cache of one string flatters anybody.
const contents = Array.from({ length: 64 }, (_, at) =>
  `${at} lorem ipsum `.repeat(3_000).slice(0, CONTENT_KIB * 1_024),
);

const setups = {
  control: () => new NoopSpanProcessor(),
  stock: (exporter: SpanExporter) => new BatchSpanProcessor(exporter),
  batching: (exporter: SpanExporter) => handOver(new BatchingSpanExporter(exporter)),
} satisfies Record<string, (exporter: SpanExporter) => SpanProcessor>;

type Setup = keyof typeof setups;
const names = Object.keys(setups) as Setup[];

async function main(): Promise<void> {
  const report = {
    bench: 'batching',
    node: process.version,
    brief,
    callersPath: {
      spans: ROUNDS * SPANS_PER_ROUND,
      withoutContent: await callersPath(),
      [`with${CONTENT_KIB}KiB`]: await callersPath(contents),
    },
    eventLoopDelay: {
      load: `${STALL_SPANS_PER_SECOND} spans/s x ${CONTENT_KIB} KiB for ${STALL_SECONDS} s, then shutdown`,
      ...(await eventLoopDelay()),
    },
  };
  console.log(JSON.stringify(report, null, 2));
}

/** Medians, over interleaved rounds, of the microseconds a span takes from its start to the return of `end()`. */
async function callersPath(texts?: readonly string[]): Promise<object> {
  const providers = names.map((name) => ({
    name,
    provider: providerOf(setups[name](discard())),
    micros: [] as number[],
  }));
  for (let round = -5; round < ROUNDS; round++) {
    // Each goes first as often as the others.
    for (let at = 0; at < providers.length; at++) {
      const current = providers[(at + round + 5) % providers.length];
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
  for (const { provider } of providers) await provider.shutdown();
  const medians = Object.fromEntries(providers.map(({ name, micros }) => [name, median(micros)]));
  const control = medians.control ?? Number.NaN;
  return {
    medianMicros: mapValues(medians, (value) => round(value, 2)),
    ratioToControl: mapValues(medians, (value) => round(value / control, 2)),
  };
}

/** Delay of the event loop under a steady load, with a real receiver in another process. */
async function eventLoopDelay(): Promise<object> {
  const receiver = await forkOtlpReceiver();
  const results: Record<string, { maxMillis: number; p999Millis: number; sent: number; received: number }> =
    {};
  for (const name of names) {
    await receiver.clear();
    const provider = providerOf(setups[name](new OTLPTraceExporter({ url: receiver.url })));
    const tracer = provider.getTracer('bench');
    const delay = new LoopDelay();
    const sent = await steadyLoad(tracer, () => delay.start());
    await provider.shutdown();
    await sleep(20);
    const samples = delay.stop();
    results[name] = {
      maxMillis: round(percentile(samples, 100), 1),
      p999Millis: round(percentile(samples, 99.9), 1),
      sent,
      received: await receiver.spanCount(),
    };
  }
  await receiver.close();
  const aboveControl = (name: Setup, figure: 'maxMillis' | 'p999Millis') =>
    (results[name]?.[figure] ?? 0) - (results.control?.[figure] ?? 0);
  // Null where the control was as slow as the exporter: there is nothing left to compare.
  const ratio = (figure: 'maxMillis' | 'p999Millis') => {
    const batching = aboveControl('batching', figure);
    return batching > 0 ? round(aboveControl('stock', figure) / batching, 1) : null;
  };
  return { ...results, stockToBatching: { max: ratio('maxMillis'), p999: ratio('p999Millis') } };
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

/**
 * How late the event loop gets to what is due. A stall of 100 ms makes one callback 100 ms late, but also all those
 * that were due meanwhile: they are counted too, or percentiles would hardly see a stall.
 */
class LoopDelay {
  readonly #samples: number[] = [];
  #timer: NodeJS.Timeout | undefined;

  start(): void {
    const dueAt = performance.now() + 1;
    this.#timer = setTimeout(() => {
      for (let late = performance.now() - dueAt; late >= 0; late--) this.#samples.push(late);
      this.start();
    }, 1);
  }

  stop(): readonly number[] {
    clearTimeout(this.#timer);
    return this.#samples;
  }
}

function llmSpan(tracer: Tracer, i: number, content: string | undefined): void {
  const span = tracer.startSpan('chat gpt-4o');
  span.setAttribute('llm.model', 'gpt-4o');
  span.setAttribute('llm.provider', 'openai');
  span.setAttribute('llm.latency_ms', 412.5);
  span.setAttribute('llm.success', true);
  span.setAttribute('llm.tokens.input', 1_000 + i);
  span.setAttribute('llm.tokens.output', 50);
  span.setAttribute('llm.tokens.total', 1_050 + i);
  span.setAttribute('llm.cost_usd', 0.0123);
  span.setAttribute('llm.stop_reason', 'stop');
  span.setAttribute('llm.streaming', false);
  if (content !== undefined) span.setAttribute('llm.prompt', content);
  span.end();
}

function providerOf(processor: SpanProcessor): BasicTracerProvider {
  return new BasicTracerProvider({ spanProcessors: [processor] });
}

/** As `createLlmSpanProcessors` does it: what ends goes straight to the exporter. */
function handOver(exporter: SpanExporter): SpanProcessor {
  const ignore = () => undefined;
  return {
    onStart: ignore,
    onEnd: (span) => exporter.export([span], ignore),
    forceFlush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
}

function discard(): SpanExporter {
  return { export: (_spans, resultCallback) => resultCallback({ code: 0 }), shutdown: async () => undefined };
}

function median(values: readonly number[]): number {
  return percentile(values, 50);
}

function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? Number.NaN;
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

function mapValues(
  record: Record<string, number>,
  change: (value: number) => number,
): Record<string, number> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

void main();
