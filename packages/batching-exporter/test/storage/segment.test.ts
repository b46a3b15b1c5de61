import { expect } from 'chai';
import { Segment, segmentOf } from '../../src/storage/segment.js';

/** With that many items, which are numbered from `first` on. */
function segmentWith(items: number, first: number): Segment {
  const segment = new Segment('path', first);
  for (let at = 0; at < items; at++) segment.add(false);
  return segment;
}

describe('Segment', () => {
  it('gives back what memory gave up, each time only what it gave up since', () => {
    const segment = segmentWith(4, 10);
    for (const number of [11, 13]) segment.park(number);
    expect(segment.parked).to.equal(2);
    expect([segment.unpark(), segment.parked]).to.deep.equal([[11, 13], 0]);
    expect(segment.unpark()).to.deep.equal([]);
    segment.park(11);
    expect([segment.parked, segment.unpark()]).to.deep.equal([1, [11]]);
  });

  it('is settled when all of its items are, those included that were before they were written', () => {
    const segment = segmentWith(2, 0);
    segment.add(true);
    segment.settle();
    expect(segment.isSettled).to.equal(false);
    segment.settle();
    expect(segment.isSettled).to.equal(true);
  });

  it('is found by the number of any of its items, and of no other, wherever segments before it are gone', () => {
    const segments = [segmentWith(3, 0), segmentWith(1, 5), segmentWith(4, 6), segmentWith(2, 20)];
    const found = Array.from({ length: 24 }, (_, at) => segmentOf(segments, at - 1)?.first ?? '-');
    expect(found.join(' ')).to.equal('- 0 0 0 - - 5 6 6 6 6 - - - - - - - - - - 20 20 -');
    expect(segmentOf([], 0)).to.equal(undefined);
  });
});
