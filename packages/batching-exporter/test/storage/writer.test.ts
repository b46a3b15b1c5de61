import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Reporter } from '@llm-otel/common';
import { collectGarbage, recordDiag } from '@llm-otel/testing';
import { expect } from 'chai';
import { type SinonFakeTimers, useFakeTimers } from 'sinon';
import { nextTurn } from '../../src/core/waiting.js';
import { Folder } from '../../src/storage/folder.js';
import { Items } from '../../src/storage/items.js';
import { readRecords } from '../../src/storage/records.js';
import { SegmentLog } from '../../src/storage/segment-log.js';
import { WorkQueue } from '../../src/storage/work-queue.js';
import { Writer } from '../../src/storage/writer.js';
import { FaultyDisk } from './faulty-disk.js';

interface Item {
  readonly text: string;
}

const codec = {
  kind: 'kind',
  encode: (items: readonly Item[]) => items.map(({ text }) => Buffer.from(`${text};`)),
  decode: () => [],
  sizeOf: ({ text }: Item) => text.length,
};

describe('Writer', () => {
  let parent: string;
  let disk: FaultyDisk;
  let log: SegmentLog;
  let items: Items<Item>;
  let writer: Writer<Item>;
  let clock: SinonFakeTimers;
  let diagnostics: ReturnType<typeof recordDiag>;
  let makeRoom: (bytes: number) => Promise<void>;
  beforeEach(async () => {
    parent = mkdtempSync(join(tmpdir(), 'llm-otel-writer-'));
    disk = await FaultyDisk.install(join(parent, 'any'));
    diagnostics = recordDiag();
    log = new SegmentLog(new Folder('Example', parent, 'kind'), 100_000_000);
    const reporter = new Reporter('Example');
    items = new Items<Item>(log);
    makeRoom = async () => undefined;
    writer = new Writer(codec, items, log, new WorkQueue(reporter), reporter, (bytes) => makeRoom(bytes));
    clock = useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(async () => {
    clock.restore();
    await writer.stop();
    await log.seal();
    diagnostics.stop();
    disk.remove();
    rmSync(parent, { recursive: true });
  });

  const add = (text: string, bytes = 10) => {
    const item = { text };
    writer.add([{ item, bytes }]);
    return item;
  };
  const written = () =>
    readdirSync(parent, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.spans'))
      .flatMap((name) => readRecords(readFileSync(join(parent, name))).records)
      .map(({ payload }) => `${payload}`);
  /** Waits until that is what is written; the clock stands still. */
  const untilWritten = async (...expected: string[]) => {
    while (written().join() !== expected.join()) await disk.idle();
  };

  it('writes what comes within 10 ms together, and not what is settled by then', async () => {
    add('first');
    items.settle(add('settled'));
    add('second');
    await clock.tickAsync(9);
    await disk.idle();
    expect(written()).to.deep.equal([]);
    await clock.tickAsync(1);
    await untilWritten('first;second;');
    add('third');
    await clock.tickAsync(10);
    await untilWritten('first;second;', 'third;');
  });

  it('writes at once when there is as much as is written at a time', async () => {
    add('much', 512 * 1_024);
    await untilWritten('much;');
  });

  it('writes what is left when it is stopped', async () => {
    add('last');
    await writer.stop();
    expect(written()).to.deep.equal(['last;']);
  });

  it('tries once a second while nothing can be written, whatever comes, and then writes within 10 ms again', async () => {
    disk.fault = 'full';
    add('first');
    await clock.tickAsync(10);
    await disk.idle();
    while (writer.failedWrites === 0) await disk.idle();
    for (let tick = 0; tick < 99; tick++) {
      add(`${tick}`, 10_000); // in the end more than is written at a time
      await clock.tickAsync(10);
      await disk.idle();
    }
    expect(writer.failedWrites).to.equal(1);
    disk.fault = undefined;
    await clock.tickAsync(10);
    const expected = `first;${Array.from({ length: 99 }, (_, tick) => `${tick};`).join('')}`;
    while (written().join('') !== expected) await disk.idle();
    add('again');
    await clock.tickAsync(10);
    while (written().join('') !== `${expected}again;`) await disk.idle();
    expect(writer.failedWrites).to.equal(1);
  });

  it('tries again after a second, although nothing comes', async () => {
    disk.fault = 'full';
    add('first');
    await writer.write();
    await writer.write();
    expect(writer.failedWrites).to.equal(2);
    disk.fault = undefined;
    await clock.tickAsync(1_000);
    await untilWritten('first;');
    expect(diagnostics.messages).to.have.length(1);
  });

  it('does not hold what was delivered while nothing could be written', async () => {
    disk.fault = 'full';
    add('not delivered', 600_000);
    const delivered: WeakRef<Item>[] = [];
    for (let number = 0; number < 100; number++) {
      const item = add(`${number}`, 200_000);
      delivered.push(new WeakRef(item));
      items.settle(item);
    }
    clock.restore();
    await nextTurn();
    await collectGarbage();
    expect(delivered.filter((item) => item.deref() !== undefined).length).to.be.lessThan(60);
  });

  it('makes room before it writes, and tries again after a second if that fails', async () => {
    const asked: number[] = [];
    makeRoom = async (bytes) => {
      await nextTurn();
      expect(written()).to.deep.equal([]);
      asked.push(bytes);
      if (asked.length === 1) throw new Error('no descriptors');
    };
    add('first');
    await writer.write();
    expect(writer.failedWrites).to.equal(1);
    await clock.tickAsync(1_000);
    await untilWritten('first;');
    const header = 12;
    expect(asked).to.deep.equal([header + 6, header + 6]);
  });
});
