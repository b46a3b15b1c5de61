import { mapValues } from './statistics.js';

/** The order of a round: each goes first equally often, and does not always follow the same one, whose garbage it would collect. */
export function inTurn<T>(list: readonly T[], round: number): T[] {
  const start = (round >> 1) % list.length;
  const rotated = [...list.slice(start), ...list.slice(0, start)];
  return round % 2 === 0 ? rotated : rotated.reverse();
}

/** Milliseconds that each takes, by turns in short rounds, so that what else the machine does falls on all alike. */
export function millisByTurns<Name extends string>(
  subjects: Readonly<Record<Name, () => void>>,
  { warmUp, rounds }: { readonly warmUp: number; readonly rounds: number },
): Record<Name, number[]> {
  const millis = mapValues(subjects, () => [] as number[]);
  for (let round = 0; round < warmUp + rounds; round++)
    for (const name of inTurn(Object.keys(subjects) as Name[], round)) {
      const start = performance.now();
      subjects[name]();
      const taken = performance.now() - start;
      if (round >= warmUp) millis[name].push(taken);
    }
  return millis;
}
