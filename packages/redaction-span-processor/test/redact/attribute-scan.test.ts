import { expect } from 'chai';
import fc from 'fast-check';
import { CONTENT, KNOWN, LLM, NESTED, PLAIN, QUOTING } from '../../src/keys/key-flags.js';
import type { KeyRules } from '../../src/keys/key-rules.js';
import { resolvePolicy } from '../../src/policy/resolve-policy.js';
import { AttributeScan } from '../../src/redact/attribute-scan.js';
import { callsForAction } from '../../src/redact/redact-attributes.js';

const newKeys = (): KeyRules => resolvePolicy('test').keys;

const unitedFlags = (keys: KeyRules, names: readonly string[]) =>
  names.reduce((flags, name) => flags | keys.flagsOf(name), 0);

/** What redaction reads from a span's flags. Once a call is known to carry content, further flags are not collected. */
const askedFor = (flags: number) => {
  const llm = (flags & LLM) !== 0;
  return { llm, action: callsForAction(flags, llm) };
};

const numbered = (prefix: string, count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}.${index}`, index]));

describe('AttributeScan', () => {
  it('combines the flags of the keys', () => {
    const flags = new AttributeScan(newKeys());
    expect(flags.of({})).to.equal(0);
    expect(flags.of({ 'http.route': '/', 'url.query': 'a=b' })).to.equal(PLAIN | QUOTING);
    expect(flags.of({ 'llm.model': 'm', 'http.route': '/', 'llm.prompt': 'p' })).to.equal(
      KNOWN | LLM | CONTENT | PLAIN,
    );
  });

  it('gives the same result as a look-up of each key, in any order', () => {
    const keys = newKeys();
    const flags = new AttributeScan(keys);
    const key = fc.constantFrom('llm.model', 'llm.prompt', 'a', 'b', 'url.query', 'metadata', 'input.value');
    fc.assert(
      fc.property(fc.uniqueArray(key), (names) => {
        const attributes = Object.fromEntries(names.map((name) => [name, 'x']));
        expect(askedFor(flags.of(attributes))).to.deep.equal(askedFor(unitedFlags(keys, names)));
      }),
      { numRuns: 2_000 },
    );
  });

  it('recognises values that may contain maps', () => {
    const flags = new AttributeScan(newKeys());
    const flagsOf = (value: unknown) => flags.of({ 'app.a': value });
    for (const value of [{}, [{}], ['a', []], new Uint8Array()]) expect(flagsOf(value)).to.equal(NESTED);
    for (const value of ['a', 1, null, undefined, [], ['a', 1]]) expect(flagsOf(value)).to.equal(0);
  });

  it('examines the values of each span, even if its shape is known', () => {
    const flags = new AttributeScan(newKeys());
    expect(flags.of({ a: 1, b: 1 })).to.equal(0);
    expect(flags.of({ a: 1, b: { c: 1 } })).to.equal(NESTED);
    expect(flags.of({ a: 1, b: 1 })).to.equal(0);
  });

  it('reads the last of 200 keys', () => {
    const flags = new AttributeScan(newKeys());
    const attributes = { ...numbered('a', 200), 'llm.prompt': 'x' };
    for (let span = 0; span < 2; span++) expect(flags.of(attributes)).to.equal(CONTENT | LLM);
  });

  it('gives the same result after more shapes than it remembers', () => {
    const keys = newKeys();
    const flags = new AttributeScan(keys);
    for (let span = 0; span < 10_000; span++) {
      const attributes = { 'llm.model': 'm', [`key.${span}`]: 1, 'llm.prompt': 'x' };
      expect(flags.of(attributes)).to.equal(KNOWN | LLM | CONTENT);
    }
    expect(flags.of({ 'llm.prompt': 'x', 'key.1': 1 })).to.equal(CONTENT | LLM);
    expect(flags.of({ harmless: 1 })).to.equal(0);
  });
});
