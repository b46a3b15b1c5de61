import { expect } from 'chai';
import { Flush } from '../../src/core/flush.js';

async function isDone(flush: Flush): Promise<boolean> {
  return Promise.race([flush.done.then(() => true), new Promise<false>((no) => setImmediate(no, false))]);
}

describe('Flush', () => {
  it('is done at once when there is nothing to wait for', async () => {
    expect(await isDone(new Flush(7, 0))).to.equal(true);
  });

  it('is done when all items below its number are, in whatever order', async () => {
    const flush = new Flush(10, 6);
    flush.settle(7, 3);
    flush.settle(10, 5);
    expect(await isDone(flush)).to.equal(false);
    flush.settle(4, 3);
    expect(await isDone(flush)).to.equal(true);
    expect(flush.failure('Example', 100)).to.equal(undefined);
  });

  it('counts of a batch that came partly later only its own part', () => {
    const flush = new Flush(10, 2);
    const error = new Error('no');
    flush.settle(8, 5, { reason: 'rejected', error });
    const failure = flush.failure('Example', 100);
    expect(failure?.message).to.equal('Example: 2 of 2 spans were not delivered (2 rejected).');
    expect(failure?.cause).to.equal(error);
  });

  it('says what was lost for which reason, and what is still waiting', () => {
    const flush = new Flush(10, 10);
    flush.settle(0, 2, { reason: 'queue_full', error: undefined });
    flush.settle(2, 3);
    flush.settle(5, 1, { reason: 'rejected', error: new Error('first') });
    flush.settle(6, 1, { reason: 'rejected', error: new Error('second') });
    const failure = flush.failure('Example', 100);
    expect(failure?.message).to.equal(
      'Example: 7 of 10 spans were not delivered (2 queue_full, 2 rejected, 3 still waiting after 100 ms).',
    );
    expect(failure?.cause).to.have.property('message', 'first');
  });
});
