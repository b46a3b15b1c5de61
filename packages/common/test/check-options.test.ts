import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import {
  aBoolean,
  aFunction,
  aNonNegativeNumber,
  anArrayOf,
  anObject,
  anObjectWith,
  aPositiveInteger,
  aString,
  type Check,
  checkOptions,
  describe as describeValue,
  oneOf,
} from '../src/index.js';

interface Options {
  readonly breakdown?: boolean;
  readonly mode?: 'block' | 'allow';
}
const checks = { breakdown: aBoolean, mode: oneOf('block', 'allow') };
const check = (options: unknown) => () => checkOptions<Options>('Example', options, checks);

describe('checkOptions', () => {
  it('accepts options of a class, and of another realm', () => {
    class Settings {
      breakdown = true;
    }
    for (const options of [new Settings(), runInNewContext('({})'), Object.create(null)])
      expect(check(options)).not.to.throw();
  });

  it('accepts nothing, known options, and options that are undefined', () => {
    for (const options of [undefined, {}, { breakdown: true }, { breakdown: undefined, mode: 'allow' }])
      expect(check(options)).not.to.throw();
  });

  for (const [given, message] of [
    [{ breakdown: 'yes' }, 'Example: option "breakdown" must be a boolean, got "yes" (string).'],
    [{ mode: 'deny' }, `Example: option "mode" must be one of 'block', 'allow', got "deny" (string).`],
    [{ breakDown: true }, 'Example: unknown option "breakDown". Did you mean "breakdown"?'],
    [{ limit: 1 }, 'Example: unknown option "limit". The options are: breakdown, mode.'],
    [{ toString: 1 }, 'Example: unknown option "toString". The options are: breakdown, mode.'],
    [null, 'Example: expected an options object, got null.'],
    [[], 'Example: expected an options object, got an array of 0.'],
    ['x', 'Example: expected an options object, got "x" (string).'],
    [
      new (class Exporter {
        _delegate = 1;
      })(),
      'Example: expected an options object, got an object of class Exporter. The options are: breakdown, mode.',
    ],
    [
      new (class Exporter {})(),
      'Example: expected an options object, got an object of class Exporter. The options are: breakdown, mode.',
    ],
  ] as const) {
    it(`says: ${message}`, () => expect(check(given)).to.throw(TypeError, message));
  }
});

describe('checks', () => {
  const cases: [string, Check, unknown[], unknown[]][] = [
    ['aBoolean', aBoolean, [true, false], [0, 'true', null]],
    ['aString', aString, ['', 'a'], [1, null]],
    ['aFunction', aFunction, [() => 0], [{}]],
    ['anObject', anObject, [{}, new Map()], [null, [], 'a']],
    [
      'aPositiveInteger',
      aPositiveInteger,
      [1, 2 ** 40],
      [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, '1'],
    ],
    ['aNonNegativeNumber', aNonNegativeNumber, [0, 0.5], [-1, Number.NaN]],
    [
      'anObjectWith',
      anObjectWith('push', 'a list'),
      [{ push: () => 0 }],
      [{}, { push: 1 }, null, [], () => 0],
    ],
    ['anArrayOf', anArrayOf(aString), [[], ['a']], ['a', [1], ['a', null]]],
  ];
  for (const [name, test, good, bad] of cases) {
    it(`${name} accepts valid values and rejects others`, () => {
      for (const value of good) expect(test(value), String(value)).to.equal(undefined);
      for (const value of bad) expect(test(value), String(value)).to.be.a('string');
    });
  }

  it('anArrayOf names the wrong element', () => {
    expect(anArrayOf(aString)(['a', 7])).to.equal('an array in which [1] is a string, not 7 (number)');
  });
});

describe('describe', () => {
  it('shows a value with its type, shortened, and never the contents of an object', () => {
    expect(describeValue('x'.repeat(100))).to.equal(`"${'x'.repeat(40)}…" (string)`);
    expect(describeValue({ apiKey: 'secret' })).to.equal('an object of class Object');
    expect(describeValue(Object.create(null))).to.equal('an object of class null');
    expect(describeValue(() => 0)).to.equal('a value of type function');
  });
});
