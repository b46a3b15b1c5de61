import { statSync } from 'node:fs';
import promises from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { stub } from 'sinon';
import { expectBalance, handOver, idOf, makeSpans, rejection, summary } from '../support.js';
import { paths, Rig, untilWritten } from './rig.js';

const KIB = 1_024;
const content = 'x'.repeat(2 * KIB);

for (const path of Object.keys(paths) as (keyof typeof paths)[])
  describe(`${path} with storage, while the backend is down`, () => {
    let rig: Rig;
    beforeEach(async () => {
      rig = await Rig.start();
      rig.goDown();
    });
    afterEach(() => rig.stop());

    it('keeps more than memory may hold, and delivers all of it later', async () => {
      const exporter = rig.exporter(path, {
        queue: { maxBytes: 256 * KIB },
        batch: { maxBytes: 64 * KIB, flushIntervalMillis: 50 },
        timeoutMillis: 5_000,
        storage: { directory: rig.directory, maxBytes: 64 * KIB * KIB },
      });
      const spans = makeSpans(1_000, content);
      const onDisk = () => exporter.storageStats()?.bytes ?? 0;
      let bytesEach = 2 * KIB;
      for (let at = 0; at < spans.length; at += 20) {
        handOver(exporter, spans.slice(at, at + 20));
        expectBalance(exporter.stats());
        // Not faster than the disk takes it, however busy the machine is: memory drops what is not there.
        while (onDisk() < (at + 20) * bytesEach) await sleep(5);
        if (at > 0) continue;
        await untilWritten();
        bytesEach = (0.95 * onDisk()) / 20;
      }
      await rig.comeUp();
      await exporter.forceFlush();
      expect(summary(exporter)).to.deep.equal({
        accepted: 1_000,
        exported: 1_000,
        queued: 0,
        inFlight: 0,
        dropped: {},
      });
      expect(rig.receiver.spanIds.toSorted()).to.deep.equal(spans.map(idOf).toSorted());
      await exporter.shutdown();
      expect(rig.files()).to.deep.equal([]);
    }).timeout(20_000);

    it('leaves on disk at shutdown what was not delivered, for the next process', async () => {
      const first = rig.exporter(path, { timeoutMillis: 400 });
      const spans = makeSpans(100, content);
      handOver(first, spans);
      await first.shutdown();
      expect(summary(first)).to.deep.equal({
        accepted: 100,
        exported: 0,
        queued: 100,
        inFlight: 0,
        dropped: {},
      });
      await rig.comeUp();
      const second = rig.exporter(path);
      await rig.receiver.waitForSpans(100);
      await second.shutdown();
      expect(summary(second)).to.deep.equal({
        accepted: 100,
        exported: 100,
        queued: 0,
        inFlight: 0,
        dropped: {},
      });
      expect(second.storageStats()).to.deep.equal({
        bytes: 0,
        recovered: 100,
        failedWrites: 0,
        tornFiles: 0,
      });
      expect(rig.receiver.spanIds.toSorted()).to.deep.equal(spans.map(idOf).toSorted());
    });

    it('leaves on disk what was handed over just before shutdown, when it is too early for another attempt', async () => {
      const first = rig.exporter(path, { retry: { initialIntervalMillis: 60_000 } });
      handOver(first, makeSpans(100));
      const start = performance.now();
      await first.shutdown();
      expect(performance.now() - start).to.be.lessThan(3_000);
      expect(summary(first)).to.deep.include({ queued: 100, inFlight: 0, dropped: {} });
      await rig.comeUp();
      const second = rig.exporter(path);
      await rig.receiver.waitForSpans(100);
      await second.shutdown();
    });

    it('drops the oldest when there is more than storage.maxBytes, and counts them', async () => {
      const exporter = rig.exporter(path, {
        queue: { maxBytes: KIB * KIB },
        batch: { maxBytes: 64 * KIB, flushIntervalMillis: 50 },
        timeoutMillis: 5_000,
        storage: { directory: rig.directory, maxBytes: 4 * KIB * KIB },
      });
      const spans = makeSpans(4_000, content);
      for (let at = 0; at < spans.length; at += 50) {
        handOver(exporter, spans.slice(at, at + 50));
        await sleep(20);
        expectBalance(exporter.stats());
        // One file more than fits, before the oldest goes.
        expect(exporter.storageStats()?.bytes).to.be.lessThan(6 * KIB * KIB);
      }
      await untilWritten();
      const { storage_full: dropped, ...otherwise } = exporter.stats().dropped;
      expect(dropped).to.be.within(1_000, 3_000);
      expect(new Set(Object.values(otherwise))).to.deep.equal(new Set([0]));
      await rig.comeUp();
      await exporter.forceFlush();
      expect(summary(exporter)).to.deep.include({
        exported: 4_000 - dropped,
        dropped: { storage_full: dropped },
      });
      const received = new Set(rig.receiver.spanIds);
      const newest = spans.slice(-500).map(idOf);
      expect(newest.filter((id) => !received.has(id))).to.deep.equal([]);
      await exporter.shutdown();
    }).timeout(20_000);

    it('drops what an ended process left beyond storage.maxBytes, the oldest first, and counts it', async () => {
      const options = {
        queue: { maxBytes: KIB * KIB },
        batch: { maxBytes: 64 * KIB, flushIntervalMillis: 50 },
      };
      // Enough for its folder to be closed on a busy machine too: an open one is looked for again after a minute.
      const first = rig.exporter(path, { ...options, timeoutMillis: 3_000 });
      const spans = makeSpans(4_000, content);
      for (let at = 0; at < spans.length; at += 200) {
        handOver(first, spans.slice(at, at + 200));
        await sleep(50);
      }
      await first.shutdown();
      const left = first.stats().queued;
      const second = rig.exporter(path, {
        ...options,
        storage: { directory: rig.directory, maxBytes: 2 * KIB * KIB },
      });
      const onDisk = () => rig.files().reduce((sum, file) => sum + statSync(file).size, 0);
      let more = 0;
      // It looks at the bound when it has written something.
      for (; more === 0 || onDisk() > 3 * KIB * KIB; more++) {
        handOver(second, makeSpans(1));
        await untilWritten();
      }
      expect(second.storageStats()?.bytes).to.be.lessThan(3 * KIB * KIB);
      await rig.comeUp();
      await second.forceFlush();
      const { dropped } = second.stats();
      expect(dropped.storage_full).to.be.greaterThan(1_000);
      expect(new Set(rig.receiver.spanIds).size).to.equal(left + more - dropped.storage_full);
      await second.shutdown();
    }).timeout(20_000);

    for (const whose of ['its own', "an ended process's"])
      it(`waits with reading ${whose} files for as long as there are no file descriptors left`, async () => {
        const exporter = rig.exporter(path, {
          queue: { maxSpans: 20 },
          batch: { maxSpans: 5, flushIntervalMillis: 20 },
          timeoutMillis: whose === 'its own' ? 5_000 : 600,
        });
        for (const span of makeSpans(60)) {
          handOver(exporter, [span]);
          await sleep(5);
        }
        await untilWritten();
        if (whose !== 'its own') await exporter.shutdown();
        const reading = stub(promises, 'readFile').rejects(Object.assign(new Error(), { code: 'EMFILE' }));
        await rig.comeUp();
        const next = whose === 'its own' ? exporter : rig.exporter(path);
        while (reading.callCount === 0) await sleep(10);
        await sleep(100);
        expect(reading.callCount).to.equal(1);
        reading.restore();
        await rig.receiver.waitForSpans(60);
        await next.shutdown();
        expect(summary(next)).to.deep.include({ exported: 60, dropped: {} });
      });

    it('says at forceFlush that nothing was delivered, and goes on trying', async () => {
      const exporter = rig.exporter(path, { timeoutMillis: 200 });
      handOver(exporter, makeSpans(10));
      expect((await rejection(exporter.forceFlush())).message).to.match(
        /10 of 10 spans were not delivered \(10 still waiting after 200 ms\)/,
      );
      await rig.comeUp();
      await rig.receiver.waitForSpans(10);
      await exporter.shutdown();
    });

    it('drops for good what the backend refuses, here and on disk', async () => {
      const exporter = rig.exporter(path);
      rig.receiver.answerAlways({ status: 400, delayMillis: 100 }); // when it is on disk
      handOver(exporter, makeSpans(10));
      await rejection(exporter.forceFlush());
      expect(summary(exporter)).to.deep.include({ queued: 0, inFlight: 0, dropped: { rejected: 10 } });
      await exporter.shutdown();
      expect(rig.files()).to.deep.equal([]);
      expect(rig.receiver.requests).to.have.length(1);
    });

    it('gives up after retry.maxElapsedTimeMillis only if that is set', async () => {
      const exporter = rig.exporter(path, {
        retry: { initialIntervalMillis: 20, maxIntervalMillis: 50, maxElapsedTimeMillis: 200 },
      });
      handOver(exporter, makeSpans(10));
      await sleep(1_000);
      expect(summary(exporter)).to.deep.include({ queued: 0, inFlight: 0, dropped: { retry_exhausted: 10 } });
      expect(rig.files()).to.deep.equal([]);
      await exporter.shutdown();
    });
  });
