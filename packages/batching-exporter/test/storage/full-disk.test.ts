import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { recordDiag } from '@llm-otel/testing';
import { expect } from 'chai';
import { expectBalance, handOver, idOf, makeSpans, summary } from '../support.js';
import { Rig } from './rig.js';

const KIB = 1_024;

/** A file system that is really full after one MiB. @returns whether there can be one: it takes Linux, and root */
function mountSmallDisk(directory: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', directory], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

describe('a full disk', () => {
  let rig: Rig;
  let disk: string;
  let isMounted: boolean;
  beforeEach(async () => {
    rig = await Rig.start();
    rig.goDown();
    disk = join(rig.directory, 'disk');
    mkdirSync(disk);
    isMounted = mountSmallDisk(disk);
  });
  afterEach(async () => {
    if (isMounted) execFileSync('umount', ['-l', disk]);
    await rig.stop();
  });

  it('is counted and told once, and memory goes on; when there is room again, so is what memory kept', async function () {
    if (!isMounted) {
      console.log('      skipped: a small file system can be mounted by root on Linux only');
      return this.skip();
    }
    const diagnostics = recordDiag();
    const exporter = rig.exporter('OtlpBatchingSpanExporter', {
      storage: { directory: disk, maxBytes: 64 * KIB * KIB },
      queue: { maxBytes: 8 * KIB * KIB },
    });
    const filler = join(disk, 'filler');
    writeFileSync(filler, Buffer.alloc(700 * KIB));
    const spans = makeSpans(1_000, 'x'.repeat(2 * KIB));
    for (let at = 0; at < spans.length; at += 50) {
      handOver(exporter, spans.slice(at, at + 50));
      await sleep(10);
    }
    await sleep(200);
    expect(exporter.storageStats()?.failedWrites).to.be.within(1, 20);
    expect(summary(exporter)).to.deep.include({ accepted: 1_000, dropped: {} });
    expect(
      diagnostics.messages.filter(({ message }) => message.includes('storage.directory')),
    ).to.have.length(1);
    rmSync(filler);
    rig.comeUp();
    await exporter.forceFlush();
    expectBalance(exporter.stats());
    expect(rig.receiver.spanIds.toSorted()).to.deep.equal(spans.map(idOf).toSorted());
    await exporter.shutdown();
    diagnostics.stop();
  }).timeout(20_000);
});
