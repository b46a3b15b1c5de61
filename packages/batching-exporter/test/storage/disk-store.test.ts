import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { StoreOwner } from '../../src/core/store.js';
import type { EncodedSpan } from '../../src/otlp/encoded-span.js';
import { DiskStore } from '../../src/storage/disk-store.js';
import { encodedSpansCodec } from '../../src/storage/encoded-spans-codec.js';
import { frameRecord } from '../../src/storage/records.js';
import { spansCodec } from '../../src/storage/spans-codec.js';
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

  it('reads a file in several turns, so that none holds the event loop for long', async () => {
    const rig = await Rig.start();
    const left = join(rig.directory, 'spans-abcdef');
    mkdirSync(left);
    const record = Buffer.concat(frameRecord(600, spansCodec.encode(makeSpans(600))));
    writeFileSync(join(left, '0.spans'), Buffer.concat([record, record, record, record]));
    let turn = 0;
    const nextTurn = () => {
      turn++;
      ticking = setImmediate(nextTurn);
    };
    let ticking = setImmediate(nextTurn);
    const turns: number[] = [];
    const codec = {
      ...spansCodec,
      decode: (bytes: Buffer) => {
        turns.push(turn);
        return spansCodec.decode(bytes);
      },
    };
    const options = { directory: rig.directory, maxBytes: 10_000_000 };
    const store = new DiskStore('Example', options, codec);
    await new Promise<void>((resolve) =>
      store.attach({
        hasRoom: true,
        recover: () => resolve(),
        prepareAll: () => undefined,
        restore: () => undefined,
        lost: () => undefined,
        lostUnseen: () => undefined,
      }),
    );
    clearImmediate(ticking);
    expect(new Set(turns)).to.have.property('size', 4);
    await store.stop();
    await store.close();
    await rig.stop();
  });
});
