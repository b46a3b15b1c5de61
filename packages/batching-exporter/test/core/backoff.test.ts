import { expect } from 'chai';
import { restore, stub } from 'sinon';
import { Backoff } from '../../src/core/backoff.js';

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
});
