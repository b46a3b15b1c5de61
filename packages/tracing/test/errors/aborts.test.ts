import { expect } from 'chai';
import { timeoutOr } from '../../src/errors/aborts.js';

const aborted = new DOMException('This operation was aborted', 'AbortError');
const timedOut = new DOMException('The operation timed out.', 'TimeoutError');
const unreadable = new Proxy(new Error(), {
  get: () => {
    throw new Error('unreadable');
  },
});

describe('timeoutOr', () => {
  it('returns the reason of the signal if that is a timeout and the error is an abort', () => {
    expect(timeoutOr(aborted, { reason: timedOut })).to.equal(timedOut);
  });

  it('returns any other error as it is, and an abort for another reason', () => {
    expect(timeoutOr(aborted, { reason: new Error('left') })).to.equal(aborted);
    for (const error of [{ status: 500 }, undefined, unreadable])
      expect(timeoutOr(error, { reason: timedOut })).to.equal(error);
  });
});
