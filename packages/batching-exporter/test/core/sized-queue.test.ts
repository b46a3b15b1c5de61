import { collectGarbage } from '@llm-otel/testing';
import { expect } from 'chai';
import { SizedQueue } from '../../src/core/sized-queue.js';

function queueOf(...sizes: number[]): SizedQueue<number> {
  const queue = new SizedQueue<number>();
  sizes.forEach((bytes, item) => {
    queue.push({ item, bytes });
  });
  return queue;
}

describe('SizedQueue', () => {
  it('takes as many items as both bounds allow', () => {
    const queue = queueOf(10, 10, 10, 10);
    expect(queue.take(2, 1_000)).to.deep.equal([0, 1]);
    expect(queue.take(10, 15)).to.deep.equal([2]);
    expect(queue.take(10, 10)).to.deep.equal([3]);
    expect(queue.take(10, 10)).to.deep.equal([]);
  });

  it('takes an item that is larger than the bound, alone', () => {
    const queue = queueOf(100, 1);
    expect(queue.take(10, 50)).to.deep.equal([0]);
    expect(queue.take(10, 50)).to.deep.equal([1]);
  });

  it('knows its length, its bytes and the numbers of its items through all operations', () => {
    const queue = queueOf(1, 2, 3, 4);
    const state = () => [queue.length, queue.bytes, queue.first, queue.next];
    expect(state()).to.deep.equal([4, 10, 0, 4]);
    queue.shift();
    expect(state()).to.deep.equal([3, 9, 1, 4]);
    queue.take(2, 100);
    expect(state()).to.deep.equal([1, 4, 3, 4]);
    queue.shift();
    expect(state()).to.deep.equal([0, 0, 4, 4]);
    expect(queue.shift()).to.equal(undefined);
    queue.push({ item: 4, bytes: 7 });
    expect(state()).to.deep.equal([1, 7, 4, 5]);
  });

  it('keeps no room for what was taken', async () => {
    const queue = new SizedQueue<number>();
    const sized = { item: 1, bytes: 1 };
    await collectGarbage();
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < 4_000_000; i++) {
      queue.push(sized);
      queue.shift();
    }
    await collectGarbage();
    expect(process.memoryUsage().heapUsed - before).to.be.lessThan(16_000_000);
    expect(queue.length).to.equal(0);
  });

  it('keeps the order over many thousands of pushes and shifts', () => {
    const queue = new SizedQueue<number>();
    let expected = 0;
    for (let item = 0; item < 50_000; item++) {
      queue.push({ item, bytes: 1 });
      if (item % 3 > 0) expect(queue.shift()?.item).to.equal(expected++);
    }
    while (queue.length > 0) for (const item of queue.take(1_000, 700)) expect(item).to.equal(expected++);
    expect(expected).to.equal(50_000);
  });
});
