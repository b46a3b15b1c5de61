// CPU that tracing adds to calls of the official OpenAI client, beside a span written by hand around the same call.
// Medians over rounds, of differences in pairs; and of those over processes: what V8 makes of the same code differs from
// one process to the next by some percent of a call, and what went before in a process changes what comes after.
// npx tsx bench/tracing.ts [--brief]
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { forkFakeProvider } from '@llm-otel/testing';
import { CHUNKS_PER_STREAM, CHUNKS_TO_ITERATE, type Scenario } from './support/call-variants.js';
import type { Figures, Rounds } from './support/compare.js';
import { median, round } from './support/statistics.js';

const brief = process.argv.includes('--brief');
const PROCESSES = brief ? 1 : 5;
// Calls over HTTP are warm after about 9,000: until then, the compiler's work on this process's threads is included.
// Rounds are short, because a scavenge occurs every 90 calls and takes as long as ten of them.
const LOOPBACK = { warmUp: brief ? 25 : 900, rounds: brief ? 100 : 500, perRound: 10 };
const IN_PROCESS = { warmUp: brief ? 15 : 60, rounds: brief ? 50 : 80, perRound: 200 };
const STREAMS = { warmUp: brief ? 6 : 60, rounds: brief ? 20 : 80, perRound: 1 };
const ITERATION = { warmUp: brief ? 3 : 20, rounds: brief ? 10 : 40, perRound: 1 };

async function main(): Promise<void> {
  const fake = await forkFakeProvider();
  const loopback = await measure('loopback', LOOPBACK, fake.openAiBaseUrl);
  await fake.close();
  const report = {
    bench: 'tracing',
    node: process.version,
    brief,
    plainCallCpuMicros: { loopback, inProcess: await measure('inProcess', IN_PROCESS), barAdded: 25 },
    streamedChunkCpuMicros: {
      inProcess: perChunk(await measure('streams', STREAMS), CHUNKS_PER_STREAM),
      iteration: perChunk(await measure('iterations', ITERATION), CHUNKS_TO_ITERATE),
      barAdded: 0.5,
    },
  };
  console.log(JSON.stringify(report, null, 2));
}

interface Measured extends Figures {
  /** Of each process. */
  readonly each: readonly number[];
}

async function measure(scenario: Scenario, rounds: Rounds, baseURL = ''): Promise<Record<string, Measured>> {
  const runs: Record<string, Figures>[] = [];
  for (let run = 0; run < PROCESSES; run++) {
    const program = join(__dirname, 'children', 'compared-calls.ts');
    const child = fork(program, [scenario, JSON.stringify(rounds), baseURL]);
    const [figures] = await once(child, 'message');
    runs.push(figures);
  }
  const names = Object.keys(runs[0] ?? {});
  const of = (name: string, figure: keyof Figures) => runs.map((run) => run[name]?.[figure] ?? Number.NaN);
  return Object.fromEntries(
    names.map((name) => [
      name,
      {
        median: round(median(of(name, 'median')), 1),
        added: round(median(of(name, 'added')), 1),
        each: of(name, 'added').map((added) => round(added, 1)),
      },
    ]),
  );
}

function perChunk(figures: Record<string, Measured>, chunks: number): Record<string, Measured> {
  const per = (micros: number) => round(micros / chunks, 3);
  return Object.fromEntries(
    Object.entries(figures).map(([name, { median, added, each }]) => [
      name,
      { median: per(median), added: per(added), each: each.map(per) },
    ]),
  );
}

void main();
