import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { Folder } from '../../src/storage/folder.js';
import { Items } from '../../src/storage/items.js';
import { frameRecord } from '../../src/storage/records.js';
import { SegmentLog } from '../../src/storage/segment-log.js';

describe('Items', () => {
  let parent: string;
  let log: SegmentLog;
  let items: Items<string>;
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'llm-otel-items-'));
    log = new SegmentLog(new Folder('Example', parent, 'kind'), 1_000_000);
    items = new Items(log);
  });
  afterEach(async () => {
    await log.seal();
    rmSync(parent, { recursive: true });
  });

  const write = (...written: string[]) =>
    log.append(frameRecord(written.length, [Buffer.from(written.join(''))]), (segment) => {
      for (const item of written) items.written(item, segment);
    });

  it('does not hold what is settled, nor what is in a file only: memory gave it up', async () => {
    for (const item of ['a', 'b', 'c', 'd']) items.add(item);
    items.settle('a');
    await write('b', 'c', 'd');
    items.settle('b');
    expect(items.park('c')).to.equal(true);
    expect(['a', 'b', 'c', 'd'].filter((item) => items.has(item))).to.deep.equal(['d']);
  });

  it('does not leave to its file what is in none', () => {
    items.add('a');
    expect(items.park('a')).to.equal(false);
    expect(items.has('a')).to.equal(true);
  });

  it('counts as settled what was delivered while it was being written', async () => {
    items.add('a');
    const writing = write('a');
    items.settle('a');
    await writing;
    expect(log.isEmpty).to.equal(true);
  });

  it('needs an item that was handed over twice in one file only', async () => {
    items.add('a');
    await write('a');
    items.add('a');
    await write('a', 'a');
    items.settle('a');
    items.settle('a');
    expect(log.isEmpty).to.equal(true);
  });

  it('has in no file any more what was in segments that are gone', async () => {
    items.add('a');
    await write('a');
    await log.seal();
    items.add('b');
    await write('b');
    rmSync(parent, { recursive: true });
    const { segments } = await log.forgetVanished();
    expect(items.forget(segments)).to.deep.equal(['a', 'b']);
    items.add('a');
    expect(items.park('a')).to.equal(false);
    await write('a', 'b');
    expect(['a', 'b'].filter((item) => items.park(item))).to.deep.equal(['a', 'b']);
  });
});
