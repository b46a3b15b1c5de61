import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import promises from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { stub } from 'sinon';
import { nextTurn } from '../../src/core/waiting.js';
import { Folder } from '../../src/storage/folder.js';
import { frameRecord, readRecords } from '../../src/storage/records.js';
import type { Segment } from '../../src/storage/segment.js';
import { SegmentLog } from '../../src/storage/segment-log.js';
import { rejection } from '../support.js';
import { FaultyDisk } from './faulty-disk.js';

describe('SegmentLog', () => {
  let parent: string;
  let log: SegmentLog;
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'llm-otel-log-'));
    log = new SegmentLog(new Folder('Example', parent, 'kind'), 100_000_000);
  });
  afterEach(async () => {
    await log.seal();
    rmSync(parent, { recursive: true });
  });

  const record = (text: string) => frameRecord(1, [Buffer.from(text)]);
  const addOne = (segment: Segment) => segment.add(false);
  const files = () =>
    readdirSync(parent, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.spans'));

  /** What is in the only file, as soon as it is the only one: others are removed without anybody waiting for it. */
  const contentOfTheOnlyFile = async () => {
    while (files().length > 1) await nextTurn();
    return files().flatMap((name) =>
      readRecords(readFileSync(join(parent, name))).records.map(({ payload }) => `${payload}`),
    );
  };

  it('keeps a file to which a record is being written, although all before it is settled', async () => {
    await log.append(record('first'), addOne);
    const writing = log.append(record('second'), addOne);
    log.settle(0);
    await writing;
    expect(files()).to.have.length(1);
    expect(log.park(1)).to.equal(true);
    const { numbers, stored } = (await log.unpark()) ?? {};
    expect(numbers).to.deep.equal([1]);
    expect(stored?.records.map(({ payload }) => `${payload}`)).to.deep.equal(['first', 'second']);
  });

  it('appends to a new file when all that was in the last one is settled: that one is gone', async () => {
    await log.append(record('first'), addOne);
    log.settle(0);
    await log.append(record('second'), addOne);
    expect(await contentOfTheOnlyFile()).to.deep.equal(['second']);
  });

  it('appends to a new file when the last one was dropped because there is too much', async () => {
    await log.append(record('first'), addOne);
    expect(await log.evictOldest()).to.equal(0);
    await log.append(record('second'), addOne);
    expect(await contentOfTheOnlyFile()).to.deep.equal(['second']);
  });

  it('appends to a new file when the last one was read back, which would be read again with what comes', async () => {
    await log.append(record('first'), addOne);
    log.park(0);
    await log.unpark();
    await log.append(record('second'), addOne);
    expect(files()).to.have.length(2);
  });

  it('counts the bytes of a file that another process left, and numbers what comes after it anew', async () => {
    const left = join(parent, 'left.spans');
    writeFileSync(left, Buffer.concat([...record('left'), ...record('over')]));
    await log.append(record('before'), addOne);
    const { bytes } = log;
    await log.adopt(left, 40, false, (segment) => {
      addOne(segment);
      addOne(segment);
    });
    expect(log.bytes).to.equal(bytes + 40);
    await log.append(record('after'), addOne);
    log.settle(0);
    log.settle(1);
    log.settle(2);
    expect(await contentOfTheOnlyFile()).to.deep.equal(['after']);
    expect(log.park(3)).to.equal(true);
    expect((await log.unpark())?.numbers).to.deep.equal([3]);
  });

  it('appends to a new file when the last one takes no more, and leaves nothing of what it took in part', async () => {
    const { open } = promises;
    let created = 0;
    const opening = stub(promises, 'open').callsFake(async (...args) => {
      const handle = await open(...args);
      if (String(args[0]).endsWith('.spans') && created++ === 0) {
        const { writev } = handle;
        const writing = stub(handle, 'writev').callsFake((parts, position) =>
          writev.call(handle, writing.callCount === 2 ? parts.slice(0, 1) : parts, position),
        );
      }
      return handle;
    });
    try {
      await log.append(record('first'), addOne);
      expect((await rejection(log.append(record('second'), addOne))).message).to.equal(
        'the disk took only a part of a record',
      );
      await log.append(record('third'), addOne);
    } finally {
      opening.restore();
    }
    expect(log.park(1)).to.equal(true);
    const stored = files()
      .toSorted()
      .map((name) => readRecords(readFileSync(join(parent, name))));
    expect(stored.map(({ records }) => records.map(({ payload }) => `${payload}`))).to.deep.equal([
      ['first'],
      ['third'],
    ]);
    expect(stored.map(({ isTorn }) => isTorn)).to.deep.equal([false, false]);
  });

  it('keeps no file open but the last one', async () => {
    const disk = await FaultyDisk.install(join(parent, 'any'));
    await log.append(record('settled'), addOne);
    log.settle(0);
    expect(disk.openPaths).to.deep.equal([]);
    await log.append(record('sealed'), addOne);
    await log.seal();
    expect(disk.openPaths).to.deep.equal([]);
    await log.append(record('last'), addOne);
    expect(disk.openPaths).to.have.length(1);
    await log.seal();
    disk.remove();
  });
});
