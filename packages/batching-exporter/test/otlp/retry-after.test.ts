import { expect } from 'chai';
import { retryAfterMillis } from '../../src/otlp/retry-after.js';
import { fakeTimers } from '../support.js';

describe('retryAfterMillis', () => {
  it('reads seconds and dates, and takes anything else for nothing', () => {
    const clock = fakeTimers();
    clock.setSystemTime(Date.parse('2026-11-25T10:00:00Z'));
    const read = (value?: string) => retryAfterMillis(value);
    expect(read('30')).to.equal(30_000);
    expect(read('Wed, 25 Nov 2026 10:01:00 GMT')).to.equal(60_000);
    for (const absurd of ['7200', '1000000000', 'Wed, 25 Nov 2099 10:01:00 GMT'])
      expect(read(absurd), absurd).to.equal(3_600_000);
    for (const nothing of [undefined, '', '0', '-5', 'soon', 'Wed, 25 Nov 2026 09:00:00 GMT'])
      expect(read(nothing), nothing).to.equal(undefined);
    clock.restore();
  });
});
