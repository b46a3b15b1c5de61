import { expect } from 'chai';
import { Unwritten } from '../../src/storage/unwritten.js';

const BYTES = 100_000;

describe('Unwritten', () => {
  const count = (unwritten: Unwritten<number>) => [...unwritten].flat().length;

  it('does not grow with what need not be written any more, where nothing can be written', () => {
    const unwritten = new Unwritten<number>();
    for (let item = 0; item < 2_000; item++) {
      unwritten.add({ item, bytes: BYTES });
      unwritten.compact((other) => other > item - 10);
      expect(count(unwritten) * BYTES).to.be.at.most(10_000_000);
    }
  });

  it('keeps what must be written, in order', () => {
    const unwritten = new Unwritten<number>();
    const isNeeded = (item: number) => item % 20 === 0;
    for (let item = 0; item < 2_000; item++) {
      unwritten.add({ item, bytes: BYTES });
      unwritten.compact(isNeeded);
    }
    const kept = [...unwritten].flat().map(({ item }) => item);
    expect(kept.filter(isNeeded)).to.deep.equal(Array.from({ length: 100 }, (_, at) => at * 20));
    expect(kept).to.deep.equal(kept.toSorted((a, b) => a - b));
    expect(kept.length).to.be.lessThan(400);
  });

  it('are written a few at a time, also if they are small', () => {
    const unwritten = new Unwritten<number>();
    for (let item = 0; item < 1_000; item++) unwritten.add({ item, bytes: 100 });
    expect([...unwritten].map(({ length }) => length)).to.deep.equal([256, 256, 256, 232]);
  });

  it('are written half a MiB at a time', () => {
    const unwritten = new Unwritten<number>();
    for (let item = 0; item < 20; item++) unwritten.add({ item, bytes: BYTES });
    expect([...unwritten].map(({ length }) => length)).to.deep.equal([6, 6, 6, 2]);
  });

  it('are written less at a time where little may be written at all', () => {
    const unwritten = new Unwritten<number>(150_000);
    for (let item = 0; item < 5; item++) unwritten.add({ item, bytes: BYTES });
    expect([...unwritten].map(({ length }) => length)).to.deep.equal([2, 2, 1]);
  });
});
