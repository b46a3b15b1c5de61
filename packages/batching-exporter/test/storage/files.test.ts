import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { recordDiag } from '@llm-otel/testing';
import { expect } from 'chai';
import { frameRecord } from '../../src/storage/records.js';
import { handOver, idOf, makeSpans, summary } from '../support.js';
import { mode, Rig, untilWritten } from './rig.js';

describe('files of the storage', () => {
  let rig: Rig;
  beforeEach(async () => {
    rig = await Rig.start();
    rig.goDown();
  });
  afterEach(() => rig.stop());

  /** Spans that a process left in one file. */
  const leave = async (count: number): Promise<{ ids: string[]; file: string }> => {
    const exporter = rig.exporter('OtlpBatchingSpanExporter', { timeoutMillis: 400 });
    const spans = makeSpans(count);
    for (const span of spans) {
      const bytes = exporter.storageStats()?.bytes;
      handOver(exporter, [span]);
      // Each becomes a record of its own.
      while (exporter.storageStats()?.bytes === bytes) await sleep(1);
    }
    await exporter.shutdown();
    const [file, ...others] = rig.files();
    if (file === undefined || others.length > 0) throw new Error('one file expected');
    return { ids: spans.map(idOf), file };
  };

  it('can be read by their owner only', async () => {
    const exporter = rig.exporter('OtlpBatchingSpanExporter', { timeoutMillis: 200 });
    handOver(exporter, makeSpans(1));
    await untilWritten();
    const [file = ''] = rig.files();
    expect([mode(file), mode(dirname(file))]).to.deep.equal(['600', '700']);
    await exporter.shutdown();
  });

  it('are there while spans wait, and gone when they are delivered', async () => {
    const exporter = rig.exporter();
    handOver(exporter, makeSpans(10));
    await untilWritten();
    expect(rig.files()).to.have.length(1);
    await rig.comeUp();
    await exporter.forceFlush();
    await sleep(20);
    expect(rig.files()).to.deep.equal([]);
    await exporter.shutdown();
    expect(readdirSync(rig.directory)).to.deep.equal([]);
  });

  it('are gone when spans that were handed over twice are delivered, as by two processors with the same exporter', async () => {
    const exporter = rig.exporter('BatchingSpanExporter');
    const spans = makeSpans(10);
    handOver(exporter, [...spans, ...spans.slice(5)]);
    await untilWritten();
    handOver(exporter, spans.slice(0, 5));
    await untilWritten();
    expect(rig.files()).to.have.length(1);
    await rig.comeUp();
    await exporter.forceFlush();
    await sleep(20);
    expect(summary(exporter)).to.deep.equal({
      accepted: 20,
      exported: 20,
      queued: 0,
      inFlight: 0,
      dropped: {},
    });
    expect(rig.files()).to.deep.equal([]);
    await exporter.shutdown();
  });

  it('of several processes are sent oldest first, whatever their folders are called', async () => {
    const ids: string[] = [];
    const folders: [string, string][] = [];
    for (const folder of ['otlp-zzzzzz', 'otlp-mmmmmm', 'otlp-aaaaaa']) {
      const { ids: left, file } = await leave(2);
      ids.push(...left);
      const directory = join(rig.directory, '..', `${basename(rig.directory)}-${folder}`);
      renameSync(dirname(file), directory);
      folders.push([directory, join(rig.directory, folder)]);
    }
    for (const [from, to] of folders) renameSync(from, to);
    await rig.comeUp();
    const exporter = rig.exporter('OtlpBatchingSpanExporter', { concurrencyLimit: 1 });
    await rig.receiver.waitForSpans(6);
    await exporter.shutdown();
    expect(rig.receiver.spanIds).to.deep.equal(ids);
  });

  it('that end in the middle of a record are read up to there, counted and set aside', async () => {
    const { ids, file } = await leave(5);
    truncateSync(file, statSync(file).size - 7);
    await rig.comeUp();
    const exporter = rig.exporter();
    await rig.receiver.waitForSpans(4);
    await exporter.shutdown();
    expect(rig.receiver.spanIds).to.deep.equal(ids.slice(0, 4));
    expect(exporter.storageStats()).to.deep.include({ recovered: 4, tornFiles: 1 });
    expect(readdirSync(rig.directory)).to.deep.equal(['set-aside']);
  });

  it('that hold anything else do not keep a process from starting, nor from sending', async () => {
    const { ids, file } = await leave(3);
    const directory = dirname(file);
    writeFileSync(join(directory, '0.spans'), 'not at all what is expected here, and longer than a header');
    writeFileSync(join(directory, '1.spans'), '');
    writeFileSync(join(directory, 'notes.txt'), 'of somebody else');
    appendFileSync(file, Buffer.alloc(4_096));
    await rig.comeUp();
    const diagnostics = recordDiag();
    const exporter = rig.exporter();
    handOver(exporter, makeSpans(1));
    await rig.receiver.waitForSpans(4);
    await exporter.shutdown();
    diagnostics.stop();
    expect(rig.receiver.spanIds).to.include.members(ids);
    expect(exporter.storageStats()).to.deep.include({ recovered: 3, tornFiles: 2 });
    expect(diagnostics.messages.filter(({ message }) => message.includes('set-aside'))).to.have.length(1);
  });

  it('that can not be read for good are counted and set aside, and not removed', async () => {
    const { ids, file } = await leave(1);
    const huge = join(dirname(file), '0.spans');
    writeFileSync(huge, '');
    truncateSync(huge, 3 * 2 ** 30); // more than Node reads at once, and nothing on disk
    await rig.comeUp();
    const exporter = rig.exporter('OtlpBatchingSpanExporter', {
      storage: { directory: rig.directory, maxBytes: 2 ** 40 },
    });
    await rig.receiver.waitForSpans(1);
    await exporter.shutdown();
    expect(rig.receiver.spanIds).to.deep.equal(ids);
    expect(exporter.storageStats()?.tornFiles).to.equal(1);
    expect(readdirSync(join(rig.directory, 'set-aside'))).to.have.length(1);
  });

  it('with whole records that can not be read: their spans are counted as damage', async () => {
    const { ids, file } = await leave(2);
    for (const part of frameRecord(5, [Buffer.from('of another version')])) appendFileSync(file, part);
    await rig.comeUp();
    const diagnostics = recordDiag();
    const exporter = rig.exporter();
    await rig.receiver.waitForSpans(2);
    await exporter.shutdown();
    diagnostics.stop();
    expect(diagnostics.messages.map(({ message }) => message).join()).to.contain(
      'a record in storage.directory can not be read',
    );
    expect(rig.receiver.spanIds).to.deep.equal(ids);
    expect(exporter.storageStats()).to.deep.include({ recovered: 2, tornFiles: 1 });
    expect(summary(exporter)).to.deep.include({ accepted: 7, exported: 2, dropped: { storage_damaged: 5 } });
  });

  it('are where the directory was at the start, although the process has changed its own', async () => {
    const cwd = process.cwd();
    process.chdir(rig.directory);
    try {
      const exporter = rig.exporter('OtlpBatchingSpanExporter', {
        storage: { directory: 'spans' },
        timeoutMillis: 400,
      });
      process.chdir('/');
      handOver(exporter, makeSpans(1));
      await untilWritten();
      expect(rig.files(join(rig.directory, 'spans'))).to.have.length(1);
      await exporter.shutdown();
    } finally {
      process.chdir(cwd);
    }
  });

  it('are written again when somebody has cleaned up the directory', async () => {
    const exporter = rig.exporter('OtlpBatchingSpanExporter', { timeoutMillis: 1_000 });
    handOver(exporter, makeSpans(1));
    await untilWritten();
    rmSync(rig.directory, { recursive: true });
    await rig.comeUp();
    await exporter.forceFlush();
    rig.goDown();
    const spans = makeSpans(10);
    handOver(exporter, spans);
    await sleep(1_500); // it tries again each second
    expect(rig.files()).to.have.length(1);
    await exporter.shutdown();
    rig.receiver.clear();
    await rig.comeUp();
    const next = rig.exporter();
    await rig.receiver.waitForSpans(10);
    await next.shutdown();
    expect(rig.receiver.spans.map(({ spanId }) => spanId)).to.deep.equal(spans.map(idOf));
    expect(readdirSync(rig.directory)).to.deep.equal([]);
  });

  it('that are set aside are ten at the most', async () => {
    const { file } = await leave(1);
    for (let at = 0; at < 20; at++) writeFileSync(join(dirname(file), `0-${at}.spans`), 'nonsense');
    await rig.comeUp();
    const exporter = rig.exporter();
    await rig.receiver.waitForSpans(1);
    await exporter.shutdown();
    expect(exporter.storageStats()?.tornFiles).to.equal(20);
    expect(readdirSync(join(rig.directory, 'set-aside'))).to.have.length(10);
  });

  it('that vanish while their spans are in memory do no harm', async () => {
    const exporter = rig.exporter();
    handOver(exporter, makeSpans(10));
    await untilWritten();
    for (const file of rig.files()) rmSync(file);
    await rig.comeUp();
    await exporter.forceFlush();
    expect(summary(exporter)).to.deep.include({ exported: 10, dropped: {} });
    await exporter.shutdown();
  });

  it('that vanish with spans that were nowhere else are counted as damage', async () => {
    const exporter = rig.exporter('OtlpBatchingSpanExporter', {
      queue: { maxSpans: 20 },
      batch: { maxSpans: 5, flushIntervalMillis: 20 },
      timeoutMillis: 3_000,
    });
    for (const span of makeSpans(60)) {
      handOver(exporter, [span]);
      await sleep(5);
    }
    await untilWritten();
    for (const file of rig.files()) rmSync(file);
    await rig.comeUp();
    await exporter.forceFlush();
    const { exported, dropped } = exporter.stats();
    expect(dropped.storage_damaged).to.be.within(20, 45);
    expect(exported).to.equal(60 - dropped.storage_damaged);
    expect(exporter.storageStats()?.bytes).to.equal(0);
    await exporter.shutdown();
  }).timeout(20_000);

  for (const whole of [true, false])
    it(`that vanish${whole ? ' with their folder' : ''} are written again at shutdown, as far as memory has their spans`, async () => {
      // One batch is on its way for as long as it can be, the others wait.
      rig.receiver.answerAlways({ hang: true });
      const exporter = rig.exporter('OtlpBatchingSpanExporter', {
        batch: { maxSpans: 5, flushIntervalMillis: 20 },
        concurrencyLimit: 1,
        timeoutMillis: 500,
      });
      handOver(exporter, makeSpans(20));
      await untilWritten();
      for (const file of rig.files()) rmSync(whole ? dirname(file) : file, { recursive: true });
      handOver(exporter, makeSpans(3));
      await exporter.shutdown();
      expect(summary(exporter)).to.deep.include({ queued: 23, inFlight: 0, dropped: {} });
      await rig.comeUp();
      rig.receiver.clear();
      const next = rig.exporter();
      await rig.receiver.waitForSpans(23);
      await next.shutdown();
      expect(next.storageStats()).to.deep.include({ recovered: 23 });
    });

  it('may lie under a path that is too long for a socket', async () => {
    const directory = join(rig.directory, 'a'.repeat(100), 'b'.repeat(100));
    const storage = { directory };
    const first = rig.exporter('OtlpBatchingSpanExporter', { storage, timeoutMillis: 400 });
    handOver(first, makeSpans(3));
    await first.shutdown();
    await rig.comeUp();
    const second = rig.exporter('OtlpBatchingSpanExporter', { storage });
    await rig.receiver.waitForSpans(3);
    await second.shutdown();
  });

  it('can not be where nothing can be written', () => {
    const file = join(rig.directory, 'file');
    writeFileSync(file, '');
    const directory = join(file, 'spans');
    expect(() => rig.exporter('OtlpBatchingSpanExporter', { storage: { directory } })).to.throw(
      TypeError,
      `OtlpBatchingSpanExporter: option "storage.directory" must be a directory in which this process may create others, and "${directory}" is not (ENOTDIR): name another, or change its permissions.`,
    );
  });

  it('can not be below a working directory that somebody has removed', () => {
    const before = process.cwd();
    const removed = join(rig.directory, 'removed');
    mkdirSync(removed);
    process.chdir(removed);
    try {
      rmSync(removed, { recursive: true });
      expect(() => rig.exporter('OtlpBatchingSpanExporter', { storage: { directory: 'spans' } })).to.throw(
        TypeError,
        'and "spans" is not (ENOENT): name another',
      );
    } finally {
      process.chdir(before);
    }
  });

  // Node's own way to create parents tries for ever there.
  it('can not be where no directories can be created, as in /proc', () => {
    for (const directory of ['/proc/spans', '/proc/spans/of/app'])
      expect(() => rig.exporter('OtlpBatchingSpanExporter', { storage: { directory } })).to.throw(
        TypeError,
        /is not \(E\w+\): name another/,
      );
  });
});
