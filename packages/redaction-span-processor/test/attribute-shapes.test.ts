import { expect } from 'chai';
import fc from 'fast-check';
import { AttributeShapes } from '../src/attribute-shapes.js';
import { CONTENT, KNOWN, LLM, NESTED, QUOTING } from '../src/key-flags.js';
import type { KeyRules } from '../src/key-rules.js';
import { resolvePolicy } from '../src/options.js';

const newKeys = (): KeyRules => resolvePolicy('test').keys;

const unitedFlags = (keys: KeyRules, names: readonly string[]) =>
  names.reduce((flags, name) => flags | keys.flagsOf(name), 0);

const numbered = (prefix: string, count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}.${index}`, index]));

describe('AttributeShapes', () => {
  it('unites the flags of the keys', () => {
    const shapes = new AttributeShapes(newKeys());
    expect(shapes.flagsOf({})).to.equal(0);
    expect(shapes.flagsOf({ 'http.route': '/', 'url.query': 'a=b' })).to.equal(QUOTING);
    expect(shapes.flagsOf({ 'llm.model': 'm', 'http.route': '/', 'llm.prompt': 'p' })).to.equal(
      KNOWN | LLM | CONTENT,
    );
  });

  it('answers for any order of keys as a look-up of each key does', () => {
    const keys = newKeys();
    const shapes = new AttributeShapes(keys);
    const key = fc.constantFrom('llm.model', 'llm.prompt', 'a', 'b', 'url.query', 'metadata', 'input.value');
    fc.assert(
      fc.property(fc.uniqueArray(key), (names) => {
        const attributes = Object.fromEntries(names.map((name) => [name, 'x']));
        expect(shapes.flagsOf(attributes)).to.equal(unitedFlags(keys, names));
      }),
      { numRuns: 2_000 },
    );
  });

  it('tells values that may hold maps', () => {
    const shapes = new AttributeShapes(newKeys());
    const flagsOf = (value: unknown) => shapes.flagsOf({ 'app.a': value });
    for (const value of [{}, [{}], ['a', []], new Uint8Array()]) expect(flagsOf(value)).to.equal(NESTED);
    for (const value of ['a', 1, null, undefined, [], ['a', 1]]) expect(flagsOf(value)).to.equal(0);
  });

  it('tells them anew for each span of a known shape', () => {
    const shapes = new AttributeShapes(newKeys());
    expect(shapes.flagsOf({ a: 1, b: 1 })).to.equal(0);
    expect(shapes.flagsOf({ a: 1, b: { c: 1 } })).to.equal(NESTED);
    expect(shapes.flagsOf({ a: 1, b: 1 })).to.equal(0);
  });

  it('remembers a shape once', () => {
    const shapes = new AttributeShapes(newKeys());
    for (let span = 0; span < 100; span++) shapes.flagsOf({ a: span, b: span, c: span });
    expect(shapes.size).to.equal(4);
  });

  it('remembers no more than 32 keys of a span, and still sees the last of them', () => {
    const shapes = new AttributeShapes(newKeys());
    const attributes = { ...numbered('a', 200), 'llm.prompt': 'x' };
    for (let span = 0; span < 2; span++) expect(shapes.flagsOf(attributes)).to.equal(CONTENT | LLM);
    expect(shapes.size).to.equal(33);
  });

  it('holds at most 4,096 nodes, reaches that, and answers the same when it is full', () => {
    const keys = newKeys();
    const shapes = new AttributeShapes(keys);
    for (let span = 0; span < 10_000; span++) {
      const attributes = { 'llm.model': 'm', [`key.${span}`]: 1, 'llm.prompt': 'x' };
      expect(shapes.flagsOf(attributes)).to.equal(KNOWN | LLM | CONTENT);
      expect(shapes.size).to.be.at.most(4_096);
    }
    expect(shapes.size).to.equal(4_096);
    expect(shapes.flagsOf({ 'llm.prompt': 'x', 'key.1': 1 })).to.equal(CONTENT | LLM);
    expect(shapes.flagsOf({ harmless: 1 })).to.equal(0);
  });
});
