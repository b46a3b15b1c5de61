import { expect } from 'chai';
import { millisOfDay, type PricePeriod, periodAt, ratesFor } from '../src/price-period.js';

const HOUR = 3_600_000;
const rates = (input: number) => ({
  input,
  output: 0,
  cacheRead: 0,
  cacheWrite: 0,
  cacheWrite1h: 0,
  inputAudio: 0,
  cacheReadAudio: 0,
  outputAudio: 0,
  reasoning: 0,
  request: 0,
});
const always: PricePeriod = {
  from: Number.NEGATIVE_INFINITY,
  until: Number.POSITIVE_INFINITY,
  timeOfDay: undefined,
  rates: rates(1),
  tiers: [],
  provider: 'p',
  model: 'always',
  source: 'catalog',
  origin: { from: 'a test' },
};

describe('periodAt', () => {
  const night: PricePeriod = { ...always, model: 'night', timeOfDay: { start: 16 * HOUR, end: 2 * HOUR } };
  const at = (time: string) => periodAt([night, always], Date.parse(time))?.model;

  it('supports hours of the day across midnight', () => {
    expect(at('2026-01-01T15:59:59.999Z')).to.equal('always');
    expect(at('2026-01-01T16:00:00Z')).to.equal('night');
    expect(at('2026-01-02T00:00:00Z')).to.equal('night');
    expect(at('2026-01-02T01:59:59.999Z')).to.equal('night');
    expect(at('2026-01-02T02:00:00Z')).to.equal('always');
  });

  it('distinguishes the days of the week', () => {
    const peak: PricePeriod = {
      ...always,
      model: 'peak',
      timeOfDay: { start: 6 * HOUR, end: 10 * HOUR, weekdays: true },
    };
    const on = (day: string) => periodAt([peak, always], Date.parse(`${day}T08:00:00Z`))?.model;
    // From Friday to Monday, and a Saturday before 1970.
    expect(['2026-11-27', '2026-11-28', '2026-11-29', '2026-11-30', '1969-12-27'].map(on)).to.deep.equal([
      'peak',
      'always',
      'always',
      'peak',
      'always',
    ]);
  });

  it('works for dates before 1970', () => {
    expect(millisOfDay(-1)).to.equal(24 * HOUR - 1);
    expect(at('1969-12-31T23:00:00Z')).to.equal('night');
  });

  it('returns undefined if no period applies, or the time is invalid', () => {
    expect(periodAt([{ ...always, from: 10 }], 9)).to.equal(undefined);
    expect(periodAt([always], Number.NaN)).to.equal(undefined);
  });
});

describe('ratesFor', () => {
  it('applies the highest tier that the input exceeds', () => {
    const tiers = [
      { above: 100, rates: rates(2) },
      { above: 200, rates: rates(3) },
    ];
    const input = (tokens: number) => ratesFor({ ...always, tiers }, tokens)?.input;
    expect([100, 101, 200, 201].map(input)).to.deep.equal([1, 2, 2, 3]);
  });
});
