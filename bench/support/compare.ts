import { inTurn } from './by-turns.js';
import type { Variants } from './call-variants.js';
import { median } from './statistics.js';

export interface Rounds {
  /** Rounds that go before the others and don't count. */
  readonly warmUp: number;
  readonly rounds: number;
  /** Repetitions of each variant in a round. */
  readonly perRound: number;
}

/** Microseconds of CPU of one repetition. */
export interface Figures {
  readonly median: number;
  /** Above the first variant, in the same round. */
  readonly added: number;
}

/** What each variant takes: by turns in short rounds, so that what else the machine does falls on all alike. */
export async function compare(
  variants: Variants,
  { warmUp, rounds, perRound }: Rounds,
): Promise<Record<string, Figures>> {
  const measured = Object.entries(variants).map(([name, work]) => ({ name, work, micros: [] as number[] }));
  for (let round = 0; round < warmUp + rounds; round++) {
    for (const { work, micros } of inTurn(measured, round)) {
      const each = await cpuMicros(work, perRound);
      if (round >= warmUp) micros.push(each);
    }
  }
  const base = measured[0]?.micros ?? [];
  return Object.fromEntries(
    measured.map(({ name, micros }) => [
      name,
      {
        median: median(micros),
        added: median(micros.map((each, round) => each - (base[round] ?? Number.NaN))),
      },
    ]),
  );
}

/** Of this process, all its threads together. */
async function cpuMicros(work: () => Promise<unknown>, times: number): Promise<number> {
  const before = process.cpuUsage();
  for (let at = 0; at < times; at++) await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / times;
}
