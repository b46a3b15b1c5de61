import { expect } from 'chai';
import { restore, stub } from 'sinon';
import { Backoff } from '../../src/core/backoff.js';
import { fakeTimers } from '../support.js';

const options = {
  initialIntervalMillis: 100,
  multiplier: 2,
  randomizationFactor: 0,
  maxIntervalMillis: 500,
  maxElapsedTimeMillis: 10_000,
};

describe('Backoff', () => {
  afterEach(() => restore());

  it('grows by the multiplier up to the longest interval', () => {
    const backoff = new Backoff(options);
    expect([1, 2, 3, 4, 5].map(() => backoff.next())).to.deep.equal([100, 200, 400, 500, 500]);
  });

  for (const [random, first] of [
    [0, 50],
    [0.5, 100],
    [1, 150],
  ] as const)
    it(`varies the interval by the factor: ${first} of 100 for a random ${random}`, () => {
      stub(Math, 'random').returns(random);
      expect(new Backoff({ ...options, randomizationFactor: 0.5 }).next()).to.equal(first);
    });

  it('ends when the next attempt would come after the time there is', () => {
    const clock = fakeTimers();
    const backoff = new Backoff({ ...options, maxElapsedTimeMillis: 300 });
    clock.tick(200);
    expect(backoff.next()).to.equal(100);
    expect(backoff.next()).to.equal(undefined);
    clock.restore();
  });

  it('allows no retry at all when there is no time', () => {
    expect(new Backoff({ ...options, maxElapsedTimeMillis: 0 }).next()).to.equal(undefined);
  });
});
