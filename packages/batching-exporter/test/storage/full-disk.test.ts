import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { recordDiag } from '@llm-otel/testing';
import { expect } from 'chai';
import { RemoteExporter } from '../remote-exporter.js';
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

/** An exporter in a process that may write only that many blocks of 512 bytes (in some shells KiB) to a file. */
function limited(rig: Rig, blocks: string): Promise<RemoteExporter> {
  return RemoteExporter.start(
    {
      path: 'OtlpBatchingSpanExporter',
      url: rig.receiver.url,
      requestTimeoutMillis: 2_000,
      options: {
        storage: { directory: rig.directory },
        retry: { initialIntervalMillis: 20, maxIntervalMillis: 50 },
      },
    },
    // What runs with a limit must not write into a cache that others read.
    `export TSX_DISABLE_CACHE=1; ulimit -S -f ${blocks}`,
  );
}

describe('a disk that takes no more of a file', () => {
  let rig: Rig;
  let exporter: RemoteExporter | undefined;
  beforeEach(async () => {
    rig = await Rig.start();
    rig.goDown();
  });
  afterEach(async () => {
    await exporter?.stop();
    await rig.stop();
  });

  it('is counted, and memory goes on; what it does take is written', async () => {
    exporter = await limited(rig, '64');
    const ids = await exporter.call('handOver', 200, 2 * KIB);
    await sleep(300);
    expect((await exporter.call('storageStats')).failedWrites).to.be.within(1, 5);
    expectBalance(await exporter.call('stats'));
    await rig.comeUp();
    expect(await exporter.call('forceFlush')).to.equal('delivered');
    rig.goDown();
    ids.push(...(await exporter.call('handOver', 10, 2 * KIB)));
    await sleep(1_500); // it tries again each second
    const { failedWrites } = await exporter.call('storageStats');
    expect((await exporter.call('storageStats')).bytes).to.be.greaterThan(10 * 2 * KIB);
    await sleep(1_500);
    expect((await exporter.call('storageStats')).failedWrites).to.equal(failedWrites);
    await rig.comeUp();
    expect(await exporter.call('forceFlush')).to.equal('delivered');
    expect(rig.receiver.spanIds.toSorted()).to.deep.equal(ids.toSorted());
    expect(await exporter.call('stats')).to.include({ accepted: 210, exported: 210 });
  }).timeout(20_000);

  it('is tried once a second, however many spans come meanwhile', async () => {
    exporter = await limited(rig, '0');
    for (const start = Date.now(); Date.now() - start < 2_000; ) {
      await exporter.call('handOver', 300);
      await sleep(10);
    }
    expect((await exporter.call('storageStats')).failedWrites).to.be.within(2, 5);
  }).timeout(20_000);
});

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
      const reason = 'a small file system can be mounted by root on Linux only';
      if (process.env.CI === 'true') throw new Error(`In CI this must run, but ${reason}.`);
      console.log(`      skipped: ${reason}`);
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
    const bytes = exporter.storageStats()?.bytes ?? 0;
    rmSync(filler);
    await sleep(1_500); // it tries again each second
    expect(exporter.storageStats()?.bytes).to.be.greaterThan(bytes);
    await rig.comeUp();
    await exporter.forceFlush();
    expectBalance(exporter.stats());
    expect(rig.receiver.spanIds.toSorted()).to.deep.equal(spans.map(idOf).toSorted());
    await exporter.shutdown();
    // Nor does a file remain of an attempt to write.
    expect(readdirSync(disk)).to.deep.equal([]);
    diagnostics.stop();
  }).timeout(20_000);
});
