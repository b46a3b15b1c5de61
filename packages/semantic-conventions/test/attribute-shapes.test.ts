import { expect } from 'chai';
import { AttributeShapes } from '../src/attribute-shapes.js';

const joinKey = (summary: string, key: string) => `${summary}${key}|`;
const joining = () => new AttributeShapes('', joinKey);
const attributes = (...keys: string[]) => Object.fromEntries(keys.map((key) => [key, 1]));

describe('AttributeShapes', () => {
  it('combines the keys in their order, the first time and every later time', () => {
    const shapes = joining();
    for (const keys of [['a', 'b'], ['b', 'a'], ['a'], ['a', 'c'], [], ['a', 'b', 'c'], ['c', ''], ['', 'c']])
      for (let time = 0; time < 3; time++)
        expect(shapes.of(attributes(...keys))).to.equal(keys.map((key) => `${key}|`).join(''));
  });

  it('computes each step once, however many spans take it', () => {
    let asked = 0;
    const shapes = new AttributeShapes<number>(0, (count) => {
      asked += 1;
      return count + 1;
    });
    for (let span = 0; span < 100; span++) expect(shapes.of(attributes('a', 'b', 'c'))).to.equal(3);
    expect(asked).to.equal(3);
  });

  it('remembers 4,096 steps, and is correct beyond that', () => {
    const shapes = joining();
    for (let span = 0; span < 5_000; span++) shapes.of(attributes(`key ${span}`));
    expect(shapes.size).to.equal(4_096);
    expect(shapes.of(attributes('one', 'more'))).to.equal('one|more|');
  });

  it('follows 64 keys of a span, and is correct beyond that', () => {
    const shapes = joining();
    const keys = Array.from({ length: 200 }, (_, index) => `k${index}`);
    for (let time = 0; time < 2; time++)
      expect(shapes.of(attributes(...keys))).to.equal(keys.map((key) => `${key}|`).join(''));
    expect(shapes.size).to.equal(65);
  });

  it('picks out the values of the keys that have a slot, remembered or not', () => {
    const shapes = new AttributeShapes(
      '',
      joinKey,
      new Map([
        ['a', 0],
        ['c', 1],
      ]),
    );
    for (let time = 0; time < 2; time++) {
      const values: unknown[] = [];
      shapes.of({ a: 'one', b: 'two', c: 'three' }, values);
      expect(values).to.deep.equal(['one', 'three']);
    }
    const values: unknown[] = [];
    shapes.of(
      { ...attributes(...Array.from({ length: 100 }, (_, index) => `k${index}`)), c: 'last' },
      values,
    );
    expect(values).to.deep.equal([undefined, 'last']);
  });
});
