import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let gc: (() => void) | undefined;

/** Collects garbage, and lets the finalization callbacks run, which are separate tasks. */
export async function collectGarbage(): Promise<void> {
  gc ??= exposedGc();
  gc();
  await sleep(20);
}

/** Collects garbage until the condition holds, for a few seconds at most. @returns whether it does */
export async function collectGarbageUntil(condition: () => boolean, rounds = 100): Promise<boolean> {
  for (let round = 0; round < rounds && !condition(); round++) await collectGarbage();
  return condition();
}

function exposedGc(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc');
}
