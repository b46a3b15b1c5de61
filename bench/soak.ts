// A long run at 2,000 spans a second with a backend that fails now and then: memory and open handles are to stay where
// they are. npx tsx bench/soak.ts [--brief]: 10 minutes, or 20 seconds.
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { OtlpBatchingSpanExporter } from '@llm-otel/batching-exporter';
import { forkOtlpReceiver } from '@llm-otel/testing';
import { BasicTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';

const brief = process.argv.includes('--brief');
const SECONDS = brief ? 20 : 600;
const SPANS_PER_SECOND = 2_000;
/** Of this, one part is without faults, one with some, and in one nothing arrives. */
const CYCLE_SECONDS = Math.min(30, SECONDS / 4);
const SAMPLE_MILLIS = 500;
const CONTENT = 'lorem ipsum '.repeat(80);
/** The first part is for the heap to find its size. */
const WARM_UP_SHARE = 0.25;
const MAX_RSS_GROWTH = brief ? 1.3 : 1.1;
/** In a short run the last connections may be opened in its second half: as many as there can be requests at once. */
const MORE_HANDLES = brief ? 4 : 0;
const FILE_DESCRIPTORS = '/proc/self/fd';

interface Sample {
  readonly second: number;
  readonly rssMiB: number;
  readonly handles: number;
}

async function main(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'llm-otel-soak-'));
  const receiver = await forkOtlpReceiver({ keep: 'ids' });
  const exporter = new OtlpBatchingSpanExporter({
    url: receiver.url,
    requestTimeoutMillis: 2_000,
    retry: { initialIntervalMillis: 200, maxIntervalMillis: 1_000 },
    storage: { directory },
    timeoutMillis: 60_000,
  });
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const tracer = provider.getTracer('soak');
  const samples: Sample[] = [];
  const begin = performance.now();
  const second = () => (performance.now() - begin) / 1_000;
  const sampler = setInterval(() => {
    const rssMiB = Math.round(process.memoryUsage.rss() / 1_024 / 1_024);
    samples.push({ second: Math.round(second()), rssMiB, handles: countHandles() });
  }, SAMPLE_MILLIS);
  let imbalances = 0;
  let phase = -1;
  let count = 0;
  while (second() < SECONDS) {
    for (; count < second() * SPANS_PER_SECOND; count++)
      tracer.startSpan('chat gpt-4o', { attributes: { 'llm.prompt': CONTENT, at: count } }).end();
    const { accepted, exported, queued, inFlight, dropped } = exporter.stats();
    const sum = Object.values(dropped).reduce((total, each) => total + each, exported + queued + inFlight);
    if (sum !== accepted) imbalances++;
    const now = Math.floor((second() / CYCLE_SECONDS) * 3) % 3;
    if (now !== phase) {
      phase = now;
      if (phase === 0) await receiver.answerAlways(undefined);
      else if (phase === 1)
        await receiver.answerSometimes(0.3, { status: 503 }, { hang: true }, { close: true });
      else await receiver.answerAlways({ status: 503 });
    }
    await sleep(5);
  }
  clearInterval(sampler);
  await receiver.answerAlways(undefined);
  await provider.shutdown();
  const received = await receiver.spanIds();
  await receiver.close();
  rmSync(directory, { recursive: true });

  const steady = samples.filter((sample) => sample.second >= SECONDS * WARM_UP_SHARE);
  const half = Math.floor(steady.length / 2);
  const early = summary(steady.slice(0, half));
  const late = summary(steady.slice(half));
  const { accepted, exported, dropped } = exporter.stats();
  const arrived = new Set(received).size;
  const isFlat = late.rssMiB <= early.rssMiB * MAX_RSS_GROWTH && late.handles <= early.handles + MORE_HANDLES;
  const isGood = isFlat && imbalances === 0 && accepted === count && exported === count && arrived === count;
  const report = { bench: 'soak', node: process.version, seconds: SECONDS, sent: count, exported, arrived };
  const twice = received.length - arrived;
  console.log(
    JSON.stringify(
      { ...report, receivedTwice: twice, dropped, imbalances, early, late, isGood },
      undefined,
      2,
    ),
  );
  process.exitCode = isGood ? 0 : 1;
}

/** Files, sockets and pipes, those included that don't keep the process alive. */
function countHandles(): number {
  return existsSync(FILE_DESCRIPTORS)
    ? readdirSync(FILE_DESCRIPTORS).length
    : process.getActiveResourcesInfo().length;
}

/** Highest values, as what is to be bounded. */
function summary(samples: readonly Sample[]) {
  const rss = samples.map(({ rssMiB }) => rssMiB).sort((a, b) => a - b);
  const handles = samples.map(({ handles: count }) => count).sort((a, b) => a - b);
  return {
    medianRssMiB: rss[Math.floor(rss.length / 2)] ?? 0,
    rssMiB: rss.at(-1) ?? 0,
    medianHandles: handles[Math.floor(handles.length / 2)] ?? 0,
    handles: handles.at(-1) ?? 0,
  };
}

void main();
