import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import type { BatchingStats } from '../src/index.js';

interface Ending {
  readonly heldMillis: number;
  readonly isSettled: boolean;
  readonly stats: BatchingStats;
}

async function run(...args: string[]): Promise<Ending> {
  const fixture = join(__dirname, 'fixtures', 'exit.ts');
  const { stdout } = await promisify(execFile)(process.execPath, ['--require', 'tsx/cjs', fixture, ...args]);
  return JSON.parse(stdout);
}

describe('a process that ends by itself', () => {
  for (const [behaviour, what] of [
    ['succeed', 'a batch that is not full'],
    ['never', 'an export that is not answered'],
    ['fail', 'a backoff'],
    ['detect', 'a resource that is still being detected'],
  ] as const)
    it(`is not held by ${what}`, async () => {
      const { heldMillis, stats } = await run(behaviour, 'nothing');
      expect(heldMillis).to.be.lessThan(1_000);
      expect(stats.accepted).to.equal(600);
      expect(stats.exported).to.be.lessThan(600);
    }).timeout(20_000);

  for (const awaited of ['forceFlush', 'shutdown'] as const)
    it(`lives until a ${awaited} is over, although nothing else keeps it alive`, async () => {
      const { isSettled, stats } = await run('fail', awaited);
      expect(isSettled).to.equal(true);
      expect(stats.exported).to.equal(600);
    }).timeout(20_000);
});
