import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { Folder } from '../../src/storage/folder.js';
import { frameRecord } from '../../src/storage/records.js';
import type { Segment } from '../../src/storage/segment.js';
import { SegmentLog } from '../../src/storage/segment-log.js';

describe('SegmentLog', () => {
  let parent: string;
  let log: SegmentLog;
  beforeEach(() => {
    parent = mkdtempSync(join(tmpdir(), 'llm-otel-log-'));
    log = new SegmentLog(new Folder('Example', parent, 'kind'));
  });
  afterEach(() => rmSync(parent, { recursive: true }));

  const record = (text: string) => frameRecord(1, [Buffer.from(text)]);
  const addOne = (segment: Segment) => segment.add(false);
  const files = () =>
    readdirSync(parent, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.spans'));

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
});
