// CPU that tracing adds to calls of the official OpenAI client, beside a span written by hand around the same call.
// Each variant has a process of its own, as an application that traces its calls traces all of them; `oneProcess` has
// them all in one, where the client's code serves wrapped and unwrapped clients by turns. Rounds alternate between
// the variants; medians over rounds, of differences in pairs.
// npx tsx bench/tracing.ts [--brief]
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { forkFakeProvider, installContextManager } from '@llm-otel/testing';
import { CHUNKS_PER_STREAM, CHUNKS_TO_ITERATE, type Scenario, variantsOf } from './support/call-variants.js';
import { cpuMicros } from './support/cpu-micros.js';
import { median, round } from './support/statistics.js';

const brief = process.argv.includes('--brief');
// Short rounds, and many: what else the machine does then falls on all alike. Warm is what the compiler is done with; what it
// makes of the same code differs from process to process by some percent of a call, so that there are several of each.
const LOOPBACK = { processes: brief ? 1 : 7, warmUp: brief ? 5 : 80, rounds: brief ? 20 : 80, perRound: 50 };
const IN_PROCESS = {
  processes: brief ? 1 : 3,
  warmUp: brief ? 15 : 80,
  rounds: brief ? 50 : 100,
  perRound: 200,
};
const STREAMS = { processes: brief ? 1 : 3, warmUp: brief ? 6 : 80, rounds: brief ? 20 : 100, perRound: 1 };
const ITERATION = { processes: brief ? 1 : 3, warmUp: brief ? 3 : 30, rounds: brief ? 10 : 60, perRound: 1 };

async function main(): Promise<void> {
  const fake = await forkFakeProvider();
  const loopback = await compareProcesses('loopback', LOOPBACK, fake.openAiBaseUrl);
  await fake.close();
  const inProcess = await compareProcesses('inProcess', IN_PROCESS);
  const streamed = await compareProcesses('streams', STREAMS);
  const iterated = await compareProcesses('iterations', ITERATION);
  const report = {
    bench: 'tracing',
    node: process.version,
    brief,
    plainCallCpuMicros: {
      loopback,
      inProcess,
      oneProcess: await compareInOneProcess('inProcess', IN_PROCESS),
      barAdded: 25,
    },
    streamedChunkCpuMicros: {
      inProcess: perChunk(streamed, CHUNKS_PER_STREAM),
      iteration: perChunk(iterated, CHUNKS_TO_ITERATE),
      oneProcess: perChunk(await compareInOneProcess('iterations', ITERATION), CHUNKS_TO_ITERATE),
      barAdded: 0.5,
    },
  };
  console.log(JSON.stringify(report, null, 2));
}

/** Microseconds of CPU of one repetition, of so many. */
type Measure = (times: number) => Promise<number>;

async function compareProcesses(
  scenario: Scenario,
  rounds: Rounds & { readonly processes: number },
  baseURL = '',
): Promise<Record<string, Figures>> {
  const names = Object.keys(variantsOf[scenario]());
  const runs: Record<string, Figures>[] = [];
  for (let run = 0; run < rounds.processes; run++) {
    const children = names.map((name) =>
      fork(join(__dirname, 'children', 'measured-calls.ts'), [scenario, name, baseURL]),
    );
    try {
      runs.push(await compare(names, children.map(measureIn), rounds));
    } finally {
      for (const child of children) child.kill();
    }
  }
  const medianOf = (name: string, figure: keyof Figures) =>
    round(median(runs.map((run) => run[name]?.[figure] ?? Number.NaN)), 1);
  return Object.fromEntries(
    names.map((name) => [name, { median: medianOf(name, 'median'), added: medianOf(name, 'added') }]),
  );
}

function measureIn(child: ChildProcess): Measure {
  return async (times) => {
    child.send(times);
    const [micros] = await once(child, 'message');
    return micros;
  };
}

async function compareInOneProcess(scenario: Scenario, rounds: Rounds): Promise<Record<string, Figures>> {
  const uninstall = installContextManager();
  const variants = Object.entries(variantsOf[scenario]());
  const measures = variants.map(
    ([, work]): Measure =>
      (times) =>
        cpuMicros(work, times),
  );
  const names = variants.map(([name]) => name);
  const figures = await compare(names, measures, rounds);
  uninstall();
  return figures;
}

interface Rounds {
  /** Rounds that go before the others and don't count. */
  readonly warmUp: number;
  readonly rounds: number;
  readonly perRound: number;
}

interface Figures {
  readonly median: number;
  /** Above the first variant, in the same round. */
  readonly added: number;
}

async function compare(
  names: readonly string[],
  measures: readonly Measure[],
  { warmUp, rounds, perRound }: Rounds,
): Promise<Record<string, Figures>> {
  const micros = names.map((): number[] => []);
  for (let round = -warmUp; round < rounds; round++)
    // Each goes first as often as the others.
    for (let turn = 0; turn < names.length; turn++) {
      const at = Math.abs(turn + round) % names.length;
      const measured = await measures[at]?.(perRound);
      if (round >= 0 && measured !== undefined) micros[at]?.push(measured);
    }
  const [base = []] = micros;
  return Object.fromEntries(
    micros.map((each, at) => [
      names[at],
      {
        median: round(median(each), 1),
        added: round(median(each.map((value, round) => value - (base[round] ?? Number.NaN))), 1),
      },
    ]),
  );
}

function perChunk(figures: Record<string, Figures>, chunks: number): Record<string, Figures> {
  const per = (micros: number) => round(micros / chunks, 3);
  return Object.fromEntries(
    Object.entries(figures).map(([name, { median, added }]) => [
      name,
      { median: per(median), added: per(added) },
    ]),
  );
}

void main();
