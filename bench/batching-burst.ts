// Bursts: 20,000 spans of 16 KiB at once and forceFlush (longest stall, memory, losses), and forceFlush of exactly 40,000
// spans. Each setup runs in a process of its own, so that memory is its own; all of them in one run.
// npx tsx bench/batching-burst.ts [--brief]
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { forkOtlpReceiver } from '@llm-otel/testing';
import { contentsOf, createProvider, llmSpan, type Setup, setups } from './support/export-setups.js';
import { LoopDelay } from './support/loop-delay.js';
import { round } from './support/statistics.js';

const brief = process.argv.includes('--brief');
const MEBIBYTE = 1_024 * 1_024;
const SPANS_PER_TURN = 250;

interface Load {
  readonly spans: number;
  readonly contentKib: number;
  /** Of the queue, raised for the burst. */
  readonly maxBytes: number;
}

const BURST: Load = brief
  ? { spans: 4_000, contentKib: 16, maxBytes: 80 * MEBIBYTE }
  : { spans: 20_000, contentKib: 16, maxBytes: 400 * MEBIBYTE };
const FLUSH: Load = { spans: 40_000, contentKib: 0, maxBytes: 64 * MEBIBYTE };

interface Outcome {
  readonly received: number;
  readonly maxStallMillis: number;
  readonly rssGrowthMib: number;
  /** Until the last span had ended. */
  readonly madeSeconds: number;
  /** Until forceFlush was done. */
  readonly seconds: number;
  readonly problem?: string;
}

async function main(): Promise<void> {
  const [, , job, setup, load] = process.argv;
  if (job === 'child') return child(setup as Setup, JSON.parse(load ?? ''));
  const burst = await runAll(BURST);
  const flush = await runAll(FLUSH);
  const stall = (setup: Setup) => burst[setup]?.maxStallMillis ?? Number.NaN;
  const report = {
    bench: 'batching-burst',
    node: process.version,
    brief,
    burst: {
      load: BURST,
      ...burst,
      stockToGeneric: round(stall('stock') / stall('generic'), 1),
      stockToFast: { maxStall: round(stall('stock') / stall('fast'), 1), bar: 15 },
      rssGrowthToMaxBytes: {
        fast: round(((burst.fast?.rssGrowthMib ?? Number.NaN) * MEBIBYTE) / BURST.maxBytes, 2),
        bar: 1.5,
      },
    },
    forceFlush: { load: FLUSH, ...flush },
  };
  console.log(JSON.stringify(report, null, 2));
  for (const setup of ['generic', 'fast'] as const)
    for (const [load, outcome] of [
      [BURST, burst[setup]],
      [FLUSH, flush[setup]],
    ] as const)
      if (outcome?.received !== load.spans) {
        console.error(`${setup}: ${outcome?.received} of ${load.spans} spans arrived`);
        process.exitCode = 1;
      }
}

async function runAll(load: Load): Promise<Partial<Record<Setup, Outcome>>> {
  const outcomes: Partial<Record<Setup, Outcome>> = {};
  for (const setup of setups) {
    const process = fork(__filename, ['child', setup, JSON.stringify(load)]);
    const [outcome] = await once(process, 'message');
    outcomes[setup] = outcome as Outcome;
  }
  return outcomes;
}

async function child(setup: Setup, { spans, contentKib, maxBytes }: Load): Promise<void> {
  const receiver = await forkOtlpReceiver({ keep: 'ids' });
  const texts = contentKib > 0 ? contentsOf(contentKib) : undefined;
  const provider = createProvider(setup, receiver.url, { maxSpans: spans, maxBytes });
  const tracer = provider.getTracer('bench');
  for (let i = 0; i < 100; i++) llmSpan(tracer, i, texts?.[i % texts.length]);
  await provider.forceFlush();
  await receiver.clear();
  globalThis.gc?.();
  const rssBefore = process.memoryUsage.rss();
  const delay = new LoopDelay();
  delay.start();
  await sleep(50);
  const start = performance.now();
  for (let i = 0; i < spans; i++) {
    llmSpan(tracer, i, texts?.[i % texts.length]);
    // Made in one go, they would be a stall of the bench's own: 300 ms for 20,000, with no exporter at all.
    if (i % SPANS_PER_TURN === 0) await nextTurn();
  }
  const madeSeconds = (performance.now() - start) / 1_000;
  const problem = await provider.forceFlush().then(
    () => undefined,
    (error: unknown) => String(error).slice(0, 100),
  );
  const seconds = (performance.now() - start) / 1_000;
  await sleep(20);
  const outcome: Outcome = {
    received: await receiver.spanCount(),
    maxStallMillis: round(Math.max(...delay.stop()), 0),
    // The highest there ever was.
    rssGrowthMib: round((process.resourceUsage().maxRSS * 1_024 - rssBefore) / MEBIBYTE, 0),
    madeSeconds: round(madeSeconds, 2),
    seconds: round(seconds, 2),
    ...(problem !== undefined && { problem }),
  };
  await receiver.close();
  process.send?.(outcome);
  process.disconnect?.();
}

void main();
