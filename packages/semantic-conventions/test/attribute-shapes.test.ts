import { expect } from 'chai';
import fc from 'fast-check';
import { AttributeShapes } from '../src/attribute-shapes.js';

const joinKey = (summary: string, key: string) => `${summary}${key}|`;
const joining = () => new AttributeShapes('', joinKey);
const attributes = (...keys: string[]) => Object.fromEntries(keys.map((key) => [key, 1]));

describe('AttributeShapes', () => {
  it('tells what the keys come to, in their order, the first time and every time after it', () => {
    const shapes = joining();
    for (const keys of [['a', 'b'], ['b', 'a'], ['a'], ['a', 'c'], [], ['a', 'b', 'c'], ['c', ''], ['', 'c']])
      for (let time = 0; time < 3; time++)
        expect(shapes.of(attributes(...keys))).to.equal(keys.map((key) => `${key}|`).join(''));
  });

  it('asks once for each key, however many spans have it', () => {
    let asked = 0;
    const shapes = new AttributeShapes<number>(0, (count) => {
      asked += 1;
      return count + 1;
    });
    for (let span = 0; span < 100; span++) expect(shapes.of(attributes('a', 'b', 'c'))).to.equal(3);
    expect(asked).to.equal(3);
  });

  it('tells the same of any spans, in any order, as one that remembers nothing', () => {
    const key = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const span = fc.uniqueArray(key);
    fc.assert(
      fc.property(fc.array(span, { maxLength: 30 }), (spans) => {
        const shapes = new AttributeShapes('', joinKey, new Set(['b', 'd']));
        for (const keys of spans) {
          const values: unknown[] = [];
          const given = Object.fromEntries(keys.map((key, at) => [key, `${key}${at}`]));
          expect(shapes.of(given, values)).to.equal(keys.map((key) => `${key}|`).join(''));
          expect(values).to.deep.equal(
            keys.filter((key) => key === 'b' || key === 'd').map((key) => given[key]),
          );
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('remembers 4,096 keys, and is right beyond that', () => {
    const shapes = joining();
    for (let span = 0; span < 5_000; span++) shapes.of(attributes(`key ${span}`));
    expect(shapes.size).to.equal(4_096);
    expect(shapes.of(attributes('one', 'more'))).to.equal('one|more|');
  });

  it('remembers no span of more than 64 keys, and is right about it', () => {
    const shapes = joining();
    const keys = Array.from({ length: 200 }, (_, index) => `k${index}`);
    for (let time = 0; time < 2; time++)
      expect(shapes.of(attributes(...keys))).to.equal(keys.map((key) => `${key}|`).join(''));
    expect(shapes.size).to.equal(0);
  });

  it('picks out values in the order of their keys, remembered or not', () => {
    const shapes = new AttributeShapes('', joinKey, new Set(['a', 'c']));
    for (let time = 0; time < 2; time++) {
      const values: unknown[] = [];
      shapes.of({ c: 'one', b: 'two', a: 'three' }, values);
      expect(values).to.deep.equal(['one', 'three']);
    }
    const values: unknown[] = [];
    const many = attributes(...Array.from({ length: 100 }, (_, index) => `k${index}`));
    shapes.of({ a: 'first', ...many, c: 'last' }, values);
    expect(values).to.deep.equal(['first', 'last']);
  });
});
