import { expect } from 'chai';
import { roundUsd } from '../src/round-usd.js';

describe('roundUsd', () => {
  const cases: readonly [usd: number, rounded: number][] = [
    [0, 0],
    [12.3456784, 12.345678],
    [12.3456786, 12.345679],
    [0.123456789, 0.123457],
    [0.1, 0.1],
    [0.0999999949, 0.1],
    [0.0123456789, 0.0123457],
    [0.00725, 0.00725],
    [0.0008125, 0.0008125],
    [0.0000123456789, 0.0000123457],
    [1.23456789e-9, 1.23457e-9],
    [9.999999e-9, 1e-8],
    [1.23456789e-20, 1.23457e-20],
    [1.23456789e-300, 1.23457e-300],
    [123_456_789.1234567, 123_456_789.123457],
    [1.23456789e15, 1.23456789e15],
    [1e305, 1e305],
  ];
  for (const [usd, rounded] of cases)
    it(`${usd} is ${rounded}`, () => {
      expect(roundUsd(usd)).to.equal(rounded);
    });

  it('keeps six significant digits or six decimals, whichever is more', () => {
    for (let exponent = -12; exponent <= 8; exponent += 0.137) {
      const usd = 10 ** exponent;
      const finer = Math.min(0.5e-6, 0.5 * 10 ** (Math.floor(exponent) - 5));
      expect(Math.abs(roundUsd(usd) - usd), String(usd)).to.be.at.most(finer * (1 + 1e-9));
    }
  });

  it('lets a million tiny prices add up', () => {
    const usd = 0.0000123456;
    expect(roundUsd(usd) * 1e6).to.be.closeTo(12.3456, 1e-9);
  });
});
