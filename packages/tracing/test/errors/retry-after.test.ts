import { expect } from 'chai';
import sinon from 'sinon';
import { readRetryAfterSeconds } from '../../src/errors/retry-after.js';

describe('readRetryAfterSeconds', () => {
  const now = Date.UTC(2026, 0, 1, 12, 0, 0);
  let clock: sinon.SinonFakeTimers;
  beforeEach(() => {
    clock = sinon.useFakeTimers({ now, toFake: ['Date'] });
  });
  afterEach(() => clock.restore());

  const cases: [string, unknown, number | undefined][] = [
    ['seconds', new Headers({ 'retry-after': '7' }), 7],
    ['a fraction', new Headers({ 'Retry-After': '0.01' }), 0.01],
    ['none at all', new Headers({ 'retry-after': '0' }), 0],
    ['a date', new Headers({ 'retry-after': 'Thu, 01 Jan 2026 12:00:30 GMT' }), 30],
    ['a date that is past', new Headers({ 'retry-after': 'Thu, 01 Jan 2026 11:00:00 GMT' }), 0],
    ['milliseconds', new Headers({ 'retry-after-ms': '250', 'retry-after': '1' }), 0.25],
    ['milliseconds that are nonsense', new Headers({ 'retry-after-ms': 'soon', 'retry-after': '1' }), 1],
    ['an empty value', { 'retry-after': ' ' }, undefined],
    ['more than a number can hold', new Headers({ 'retry-after': '9'.repeat(400) }), undefined],
    ['a plain object', { 'Retry-After': '7' }, 7],
    ['nonsense', new Headers({ 'retry-after': 'soon' }), undefined],
    ['less than nothing', new Headers({ 'retry-after': '-5' }), undefined],
    ['nothing', new Headers(), undefined],
    ['no headers', undefined, undefined],
  ];
  for (const [name, headers, seconds] of cases)
    it(`reads ${name}`, () => expect(readRetryAfterSeconds(headers)).to.equal(seconds));
});
