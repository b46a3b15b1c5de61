import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import promises from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { FakeSpanExporter, recordDiag } from '@llm-otel/testing';
import { expect } from 'chai';
import { stub, useFakeTimers } from 'sinon';
import { BatchingCore } from '../../src/core/batching-core.js';
import type { StoreOwner } from '../../src/core/store.js';
import { nextTurn } from '../../src/core/waiting.js';
import { ExporterSink } from '../../src/exporter-sink.js';
import type { EncodedSpan } from '../../src/otlp/encoded-span.js';
import { resolveOptions } from '../../src/resolve-options.js';
import type { Codec } from '../../src/storage/codec.js';
import { DiskStore } from '../../src/storage/disk-store.js';
import { encodedSpansCodec } from '../../src/storage/encoded-spans-codec.js';
import { frameRecord, readRecords } from '../../src/storage/records.js';
import { spansCodec } from '../../src/storage/spans-codec.js';
import { handOver, makeSpans, summary } from '../support.js';
import { FaultyDisk } from './faulty-disk.js';
import { Rig } from './rig.js';

/** Numbers below 256, of which each takes as much as a span. */
const numbersCodec: Codec<number> = {
  kind: 'numbers',
  encode: (numbers) => numbers.map((number) => Buffer.alloc(5_000, number)),
  decode: () => [],
  sizeOf: () => 5_000,
};

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
    expect(store.stats().bytes).to.equal(statSync(rig.files()[0] ?? '').size);
    expect(rig.files()).to.have.length(1);
    await rig.comeUp();
    const next = rig.exporter();
    await rig.receiver.waitForSpans(10);
    await next.shutdown();
    await rig.stop();
  });

  it('counts the bytes of a file that an ended process left also while it is read', async () => {
    const rig = await Rig.start();
    const left = join(rig.directory, 'spans-abcdef');
    mkdirSync(left);
    const file = Buffer.concat(frameRecord(1, spansCodec.encode(makeSpans(1))));
    writeFileSync(join(left, '0.spans'), file);
    let bytes = 0;
    const options = { directory: rig.directory, maxBytes: 10_000_000 };
    const store = new DiskStore('Example', options, {
      ...spansCodec,
      decode: (payload) => {
        bytes = store.stats().bytes;
        return spansCodec.decode(payload);
      },
    });
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
    expect([bytes, store.stats().bytes]).to.deep.equal([file.length, file.length]);
    await store.stop();
    await store.close();
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

  it('is waited for by a flush that begins while it reads what an ended process left', async () => {
    const rig = await Rig.start();
    const left = join(rig.directory, 'spans-abcdef');
    mkdirSync(left);
    const record = Buffer.concat(frameRecord(600, spansCodec.encode(makeSpans(600))));
    writeFileSync(join(left, '0.spans'), Buffer.concat([record, record]));
    const storage = { directory: rig.directory, maxBytes: 100_000_000 };
    let begin = (): void => undefined;
    const begun = new Promise<void>((resolve) => {
      begin = resolve;
    });
    let flush: Promise<void> | undefined;
    const store = new DiskStore('Example', storage, {
      ...spansCodec,
      decode: (bytes) => {
        // Nothing has been given back yet, and the second record is read in a later turn of the event loop.
        flush ??= core.forceFlush();
        begin();
        return spansCodec.decode(bytes);
      },
    });
    const sink = new ExporterSink('Example', new FakeSpanExporter(), 1_000);
    const core = new BatchingCore('Example', sink, resolveOptions('Example', { storage }), store);
    await begun;
    await flush;
    expect(summary(core)).to.deep.equal({
      accepted: 1_200,
      exported: 1_200,
      queued: 0,
      inFlight: 0,
      dropped: {},
    });
    await core.shutdown();
    await rig.stop();
  });

  it('is not waited for by a flush while it can not read what an ended process left', async () => {
    const rig = await Rig.start();
    const left = join(rig.directory, 'spans-abcdef');
    mkdirSync(left);
    writeFileSync(join(left, '0.spans'), Buffer.concat(frameRecord(1, spansCodec.encode(makeSpans(1)))));
    const diagnostics = recordDiag();
    const reading = stub(promises, 'readFile').rejects(Object.assign(new Error(), { code: 'EMFILE' }));
    const storage = { directory: rig.directory, maxBytes: 100_000_000 };
    const store = new DiskStore('Example', storage, spansCodec);
    const sink = new ExporterSink('Example', new FakeSpanExporter(), 1_000);
    const core = new BatchingCore('Example', sink, resolveOptions('Example', { storage }), store);
    while (diagnostics.messages.length === 0) await nextTurn();
    core.accept(makeSpans(1));
    await core.forceFlush();
    expect(summary(core)).to.deep.include({ accepted: 1, exported: 1 });
    expect(diagnostics.messages[0]?.message).to.match(
      /^Example: spans can not be read back from storage.directory; it is tried again/,
    );
    reading.restore();
    diagnostics.stop();
    await core.shutdown();
    await rig.stop();
  });

  it('drops only the oldest beyond maxBytes, also if that is less than what a file holds otherwise', async () => {
    const rig = await Rig.start();
    const COUNT = 110;
    const options = { directory: rig.directory, maxBytes: 100_000 };
    const store = new DiskStore('Example', options, numbersCodec);
    for (let number = 0; number < COUNT; number++) {
      store.prepared([{ item: number, bytes: 5_000 }]);
      await store.write();
    }
    const kept = rig
      .files()
      .toSorted()
      .flatMap((file) => readRecords(readFileSync(file)).records.map(({ payload }) => payload[0] ?? -1));
    expect(kept.length).to.be.within(15, 20);
    expect(kept).to.deep.equal(Array.from(kept, (_, at) => COUNT - kept.length + at));
    await store.stop();
    await store.close();
    await rig.stop();
  });

  it('never takes more than maxBytes on disk, however much comes at once', async () => {
    const rig = await Rig.start();
    const options = { directory: rig.directory, maxBytes: 100_000 };
    const onDisk = () => rig.files().reduce((sum, file) => sum + statSync(file).size, 0);
    const sizes: number[] = [];
    const store = new DiskStore('Example', options, {
      ...numbersCodec,
      encode: (numbers) => {
        sizes.push(onDisk());
        return numbersCodec.encode(numbers);
      },
    });
    store.prepared(Array.from({ length: 200 }, (_, item) => ({ item, bytes: 5_000 })));
    await store.write();
    expect(sizes).to.have.length.greaterThan(10);
    expect(Math.max(...sizes, onDisk())).to.be.within(80_000, 100_000);
    await store.stop();
    await store.close();
    await rig.stop();
  });

  it('writes anew what vanished a few items at a time, as it does at first', async () => {
    const rig = await Rig.start();
    const options = { directory: rig.directory, maxBytes: 100_000_000 };
    const store = new DiskStore('Example', options, numbersCodec);
    const sizes = () =>
      rig
        .files()
        .flatMap((file) => readRecords(readFileSync(file)).records.map(({ payload }) => payload.length));
    store.prepared(Array.from({ length: 250 }, (_, item) => ({ item, bytes: 5_000 })));
    await store.write();
    const before = sizes();
    expect(before).to.have.length(3);
    for (const file of rig.files()) rmSync(file);
    await store.stop();
    expect(sizes()).to.deep.equal(before);
    await store.close();
    await rig.stop();
  });

  it('looks for what ended processes left once a minute, and tells diag when it can not take it over', async () => {
    const rig = await Rig.start();
    const disk = await FaultyDisk.install(join(rig.directory, 'any'));
    const clock = useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const diagnostics = recordDiag();
    const storage = { directory: rig.directory, maxBytes: 100_000_000 };
    const store = new DiskStore('Example', storage, spansCodec);
    const sink = new ExporterSink('Example', new FakeSpanExporter(), 1_000);
    const core = new BatchingCore('Example', sink, resolveOptions('Example', { storage }), store);
    const minute = async () => {
      await clock.tickAsync(60_000);
      await sleep(50);
    };
    await sleep(50);
    const left = join(rig.directory, 'spans-abcdef');
    mkdirSync(left);
    writeFileSync(join(left, '0.spans'), Buffer.concat(frameRecord(1, spansCodec.encode(makeSpans(1)))));
    disk.fault = 'unmovable';
    await minute();
    while (diagnostics.messages.length === 0) await sleep(5);
    expect(diagnostics.messages.map(({ message }) => message.slice(0, 60))).to.deep.equal([
      'Example: what ended processes left in storage.directory can ',
    ]);
    disk.fault = undefined;
    while (core.stats().accepted === 0) await minute();
    await core.shutdown();
    diagnostics.stop();
    clock.restore();
    disk.remove();
    await rig.stop();
  });

  it('leaves no file open when it is closed', async () => {
    const rig = await Rig.start();
    const disk = await FaultyDisk.install(join(rig.directory, 'any'));
    const options = { directory: rig.directory, maxBytes: 100_000_000 };
    const store = new DiskStore('Example', options, spansCodec);
    store.prepared(makeSpans(1).map((item) => ({ item, bytes: 100 })));
    await store.write();
    expect(disk.openPaths).to.deep.equal(rig.files());
    await store.stop();
    await store.close();
    expect(disk.openPaths).to.deep.equal([]);
    disk.remove();
    await rig.stop();
  });

  it('has at the end of a shutdown also what nothing had been made of when its time for sending was over', async () => {
    const rig = await Rig.start();
    const clock = useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'performance'] });
    const storage = { directory: rig.directory, maxBytes: 100_000_000 };
    const store = new DiskStore('Example', storage, spansCodec);
    const sink = new ExporterSink('Example', new FakeSpanExporter({ export: 'never' }), 60_000);
    const options = resolveOptions('Example', { storage, timeoutMillis: 1_000 });
    const core = new BatchingCore('Example', sink, options, store);
    core.accept(makeSpans(2_000));
    const shutdown = core.shutdown();
    // Before any turn of the event loop.
    clock.tick(900);
    await shutdown;
    expect(summary(core)).to.deep.include({ accepted: 2_000, queued: 2_000, dropped: {} });
    clock.restore();
    await rig.stop();
  });
});
