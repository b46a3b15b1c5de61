import { expect } from 'chai';
// As compiled: what tsx makes of the sources takes five times as long.
import { type BuiltInPattern, builtInPatterns } from '../../dist/patterns/built-in-patterns.js';
import { PatternScanner } from '../../dist/patterns/pattern-scanner.js';

const scannerOf = (...patterns: readonly BuiltInPattern[]) =>
  new PatternScanner(Object.fromEntries(patterns.map((name) => [name, () => `<${name}>`])));

const MIB = 1_024 * 1_024;
const MAX_MILLIS = 50;

/** Repeated, each makes a pattern begin, or go on, as often as possible, without or with an end. */
const units = [
  ...[
    'a',
    '1',
    '1 ',
    '11 ',
    '111 ',
    '1111 ',
    '4111 1111 1111 1112 ',
    '4111111111111111 ',
    '1-',
    '1.',
    '1.1.1.',
  ],
  ...[
    '@',
    'a@',
    'a@a.',
    'bob@example.com ',
    '%40',
    'a%40',
    '%2B1',
    '+1',
    '+1 ',
    '00 1 ',
    '012 ',
    '123-45-',
    '(',
  ],
  ...[':', 'a:', '1:', '::', 'f:f:', 'fe80::1 ', '192.168.0.', '192.168.0.1 '],
  ...['DE89', 'DE89 ', 'DE8937040044053201300', 'DE89370400440532013000 '],
  ...[
    'sk-',
    'sk-1',
    'sk-a.',
    'Bearer ',
    'Bearer a',
    'ya29.a.',
    'AKIA',
    'eyJ',
    'eyJ-',
    'eyJaaaaaaaaaa.',
    'eyJaaaaaaaaaa-',
  ],
  ...['BEGIN ', '-----BEGIN ', '-----BEGIN PRIVATE KEY-----', '\\', '\\n', 'é', 'é@'],
];

const RUNS = 7;

/** Processor time in ms, the least of some runs, since others run on the machine too; no more runs than it takes to be good enough. */
function cost(scanner: PatternScanner, text: string, goodEnough = 0): number {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < RUNS && least > goodEnough; run++) {
    const before = process.cpuUsage();
    scanner.replace(text);
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1_000);
  }
  return least;
}

const repeated = (unit: string, length: number) =>
  unit.repeat(Math.ceil(length / unit.length)).slice(0, length);

describe('the cost of built-in patterns', function () {
  this.timeout(120_000);

  for (const name of builtInPatterns)
    it(`is at most ${MAX_MILLIS} ms for 1 MiB, whatever it says: ${name}`, () => {
      const scanner = scannerOf(name);
      for (const unit of units) scanner.replace(repeated(unit, MIB / 64));
      for (const unit of units)
        expect(cost(scanner, repeated(unit, MIB), MAX_MILLIS), JSON.stringify(unit)).to.be.at.most(
          MAX_MILLIS,
        );
    });

  it('is linear in the length, whatever the text says', () => {
    const all = scannerOf(...builtInPatterns);
    for (const unit of units) {
      const once = cost(all, repeated(unit, MIB / 4));
      const fourTimes = cost(all, repeated(unit, MIB), 8 * once);
      // A quadratic one would take 16 times as long.
      expect(fourTimes / once, JSON.stringify(unit)).to.be.at.most(8);
    }
  });
});
