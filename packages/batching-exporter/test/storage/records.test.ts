import { expect } from 'chai';
import { countOf, frameRecord, readRecords } from '../../src/storage/records.js';

const record = (count: number, text: string): Buffer =>
  Buffer.concat(frameRecord(count, [Buffer.from(text.slice(0, 3)), Buffer.from(text.slice(3))]));
const read = (file: Buffer) => {
  const { records, isTorn } = readRecords(file);
  return { texts: records.map(({ count, payload }) => `${count} ${payload}`), isTorn };
};

describe('records', () => {
  const file = Buffer.concat([record(1, 'first'), record(2, ''), record(3, 'third')]);

  it('are read as they were written', () => {
    expect(read(file)).to.deep.equal({ texts: ['1 first', '2 ', '3 third'], isTorn: false });
    expect(read(Buffer.alloc(0))).to.deep.equal({ texts: [], isTorn: false });
  });

  it('are written as they always were: a process reads what an earlier version left', () => {
    expect(record(2, 'first').toString('hex')).to.equal('05000000020000005dc4fe686669727374');
  });

  it('tell how many items are in all of them', () => {
    expect(countOf(readRecords(file).records)).to.equal(6);
  });

  it('are read up to the one that was being written, wherever the file ends', () => {
    const ends = [0, record(1, 'first').length, record(1, 'first').length + record(2, '').length];
    for (let length = 0; length < file.length; length++) {
      const { texts, isTorn } = read(file.subarray(0, length));
      expect(texts.length, `${length} bytes`).to.equal(ends.filter((end) => end <= length).length - 1);
      expect(isTorn, `${length} bytes`).to.equal(!ends.includes(length));
    }
  });

  it('are not believed if a single bit of them is another', () => {
    for (let bit = 0; bit < file.length * 8; bit++) {
      const damaged = Buffer.from(file);
      damaged.writeUInt8(damaged.readUInt8(bit >>> 3) ^ (1 << (bit & 7)), bit >>> 3);
      const { texts, isTorn } = read(damaged);
      expect(isTorn, `bit ${bit}`).to.equal(true);
      expect(['1 first', '2 ', '3 third'].slice(0, texts.length), `bit ${bit}`).to.deep.equal(texts);
    }
  });

  it('are none in a file of zeros or of anything else', () => {
    for (const other of [
      Buffer.alloc(64),
      Buffer.alloc(64, 0xff),
      Buffer.from('some text, long enough for a header'),
    ])
      expect(read(other)).to.deep.equal({ texts: [], isTorn: true });
  });
});
