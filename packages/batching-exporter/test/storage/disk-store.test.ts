import { expect } from 'chai';
import type { StoreOwner } from '../../src/core/store.js';
import type { EncodedSpan } from '../../src/otlp/encoded-span.js';
import { DiskStore } from '../../src/storage/disk-store.js';
import { encodedSpansCodec } from '../../src/storage/encoded-spans-codec.js';
import { handOver, makeSpans } from '../support.js';
import { Rig } from './rig.js';

describe('DiskStore', () => {
  it('puts back the file that it was reading when it was stopped', async () => {
    const rig = await Rig.start();
    rig.goDown();
    // Enough for its folder to be closed on a busy machine too: an open one is looked for again after a minute.
    const exporter = rig.exporter('OtlpBatchingSpanExporter', { timeoutMillis: 2_000 });
    handOver(exporter, makeSpans(10));
    await exporter.shutdown();
    const options = { directory: rig.directory, maxBytes: 1_000_000 };
    const store = new DiskStore<EncodedSpan>('Example', options, encodedSpansCodec);
    let recovered = 0;
    await new Promise<void>((resolve) => {
      const owner: StoreOwner<EncodedSpan> = {
        // It is asked just before the file is read.
        get hasRoom() {
          void store.stop();
          resolve();
          return true;
        },
        recover: (items) => {
          recovered += items.length;
        },
        prepareAll: () => undefined,
        restore: () => undefined,
        lost: () => undefined,
        lostUnseen: () => undefined,
      };
      store.attach(owner);
    });
    await store.close();
    expect(recovered).to.equal(0);
    expect(rig.files()).to.have.length(1);
    await rig.comeUp();
    const next = rig.exporter();
    await rig.receiver.waitForSpans(10);
    await next.shutdown();
    await rig.stop();
  });
});
