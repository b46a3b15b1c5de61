import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { handOver, idOf, makeSpans, summary } from '../support.js';
import { paths, Rig, untilWritten } from './rig.js';

const KIB = 1_024;
const content = 'x'.repeat(2 * KIB);

for (const path of Object.keys(paths) as (keyof typeof paths)[])
  describe(`what ${path} says at shutdown that it has on disk`, () => {
    let rig: Rig;
    beforeEach(async () => {
      rig = await Rig.start();
      rig.goDown();
    });
    afterEach(() => rig.stop());

    it('is what the next process finds, although what was in flight had to go from there', async () => {
      const queue = { maxBytes: 512 * KIB };
      const first = rig.exporter(path, {
        queue,
        batch: { maxBytes: 64 * KIB, flushIntervalMillis: 50 },
        concurrencyLimit: 4,
        timeoutMillis: 400,
        storage: { directory: rig.directory, maxBytes: 2 * KIB * KIB },
      });
      for (let at = 0; at < 60; at++) {
        handOver(first, makeSpans(50, content));
        await sleep(20);
      }
      await untilWritten();
      await first.shutdown();
      const { queued, dropped } = first.stats();
      expect(dropped.storage_full).to.be.greaterThan(1_000);
      expect(dropped.shutdown_timeout).to.be.greaterThan(0);
      expect(summary(first)).to.deep.include({ accepted: 3_000, exported: 0, inFlight: 0 });
      await rig.comeUp();
      const second = rig.exporter(path);
      await rig.receiver.waitForSpans(queued);
      await sleep(200);
      await second.shutdown();
      expect(second.storageStats()?.recovered).to.equal(queued);
      expect(new Set(rig.receiver.spanIds).size).to.equal(queued);
      expect(rig.receiver.spanIds).to.have.length(queued);
    }).timeout(20_000);

    it('is left to the next process, and not sent by this one any more', async () => {
      const spans = makeSpans(2_000, content);
      const first = rig.exporter(path, { timeoutMillis: 400 });
      handOver(first, spans);
      // On a busy machine 400 ms may not be enough for writing all of it: that would be counted as lost.
      while ((first.storageStats()?.bytes ?? 0) < 2_000 * content.length) await sleep(10);
      await untilWritten();
      await first.shutdown();
      expect(summary(first)).to.deep.include({ accepted: 2_000, queued: 2_000, dropped: {} });
      await rig.comeUp();
      for (let round = 0; round < 3; round++) {
        const hasty = rig.exporter(path, { batch: { flushIntervalMillis: 1 } });
        await sleep(round * 2);
        await hasty.shutdown();
        const { exported } = hasty.stats();
        const arrived = rig.receiver.spanIds.length;
        await sleep(200);
        expect(rig.receiver.spanIds, `round ${round}, ${exported} exported`).to.have.length(arrived);
      }
      const last = rig.exporter(path);
      await rig.receiver.waitForSpans(2_000);
      await last.shutdown();
      expect(rig.receiver.spanIds.toSorted()).to.deep.equal(spans.map(idOf).toSorted());
      expect(rig.files()).to.deep.equal([]);
    }).timeout(20_000);
  });
