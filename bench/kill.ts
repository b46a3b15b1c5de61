// A process that sends with `storage` is killed at a random instant, over and over, each time with another in its place:
// does every span arrive that had been handed over 100 ms or more before? Ids are compared with what a receiver in a
// process of its own has. npx tsx bench/kill.ts [--brief]
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { forkOtlpReceiver, type ReceiverAnswer } from '@llm-otel/testing';

const ROUNDS = process.argv.includes('--brief') ? 8 : 50;
const SAFE_AFTER_MILLIS = 100;
const MAX_LIFE_MILLIS = 1_500;
const SPANS_PER_SECOND = 400;
/** How the backend is while a process lives: well, down for all of its life, slow, or losing answers. */
const BACKENDS: readonly (ReceiverAnswer | undefined)[] = [
  undefined,
  { status: 503 },
  { delayMillis: 300 },
  { status: 503 },
  { close: true },
];

async function main(): Promise<void> {
  const report: Record<string, unknown> = { bench: 'kill', node: process.version, rounds: ROUNDS };
  let isGood = true;
  for (const path of ['fast', 'generic']) {
    const result = await run(path);
    report[path] = result;
    isGood &&= result.missing === 0 && result.invented === 0 && result.safe > 0 && result.leftFiles === 0;
  }
  console.log(JSON.stringify({ ...report, isGood }, undefined, 2));
  process.exitCode = isGood ? 0 : 1;
}

async function run(path: string) {
  const directory = mkdtempSync(join(tmpdir(), 'llm-otel-kill-'));
  const storage = join(directory, 'storage');
  const receiver = await forkOtlpReceiver({ keep: 'ids' });
  const begun = new Set<string>();
  /** How long before the kill each was handed over. */
  const safe = new Map<string, number>();
  try {
    for (let round = 0; round < ROUNDS; round++) {
      await receiver.answerAlways(BACKENDS[round % BACKENDS.length]);
      const log = join(directory, `${round}.log`);
      const child = await start({
        path,
        url: receiver.url,
        directory: storage,
        log,
        spansPerSecond: SPANS_PER_SECOND,
      });
      await sleep(Math.random() * MAX_LIFE_MILLIS);
      const killedAt = Date.now();
      child.kill('SIGKILL');
      await once(child, 'exit');
      readLog(log, killedAt, begun, safe);
    }
    await receiver.answerAlways(undefined);
    const last = await start({ path, url: receiver.url, directory: storage, log: '', spansPerSecond: 0 });
    await sleep(2_000);
    last.send('shut down');
    const [ending] = await once(last, 'message');
    await once(last, 'exit');
    const received = await receiver.spanIds();
    const arrived = new Set(received);
    const missing = [...safe].filter(([id]) => !arrived.has(id));
    return {
      begun: begun.size,
      safe: safe.size,
      missing: missing.length,
      /** How many milliseconds before the kill the missing ones were handed over. */
      missingSince: missing.map(([, millis]) => millis).sort((a, b) => a - b),
      invented: [...arrived].filter((id) => !begun.has(id)).length,
      /** Of those that were handed over less than 100 ms before, or not at all as far as the log goes. */
      arrivedBesides: [...arrived].filter((id) => !safe.has(id)).length,
      receivedTwice: received.length - arrived.size,
      leftFiles: readdirSync(storage).filter((name) => name !== 'set-aside').length,
      lastProcess: ending,
    };
  } finally {
    await receiver.close();
    rmSync(directory, { recursive: true });
  }
}

async function start(options: object): Promise<ChildProcess> {
  const child = fork(join(__dirname, 'children', 'load.mjs'), [JSON.stringify(options)], { execArgv: [] });
  await once(child, 'message');
  return child;
}

function readLog(log: string, killedAt: number, begun: Set<string>, safe: Map<string, number>): void {
  for (const line of readFileSync(log, 'utf8').split('\n')) {
    const [what, id, time] = line.split(' ');
    if (what === 'begun' && id) begun.add(id);
    // A line that was not finished has a time that is too small: it must not count as safe.
    if (what !== 'ended' || !id || time?.length !== 13) continue;
    const millis = killedAt - Number(time);
    if (millis >= SAFE_AFTER_MILLIS) safe.set(id, millis);
  }
}

void main();
