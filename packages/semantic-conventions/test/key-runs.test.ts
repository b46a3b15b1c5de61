import { expect } from 'chai';
import fc from 'fast-check';
import { KeyRuns } from '../src/key-runs.js';

/** Of each key, all that came before it and itself. */
type Paths = readonly string[];

class Walker {
  /** How many keys something was asked about. */
  asked = 0;
  readonly runs = new KeyRuns<Paths>([''], (keys, previous) => {
    this.asked += keys.length;
    let path = previous.at(-1) ?? '';
    return keys.map((key) => {
      path += `${key}|`;
      return path;
    });
  });

  /** What is remembered of the span; `undefined` if that is nothing. It is learned then. */
  follow(keys: readonly string[]): Paths | undefined {
    const paths = this.#followed(keys);
    if (paths === undefined) this.runs.learn(keys);
    return paths;
  }

  #followed(keys: readonly string[]): Paths | undefined {
    const paths: string[] = [];
    let run = this.runs.root;
    let at = 0;
    for (const key of keys) {
      if (at === run.keys.length) {
        const next = run.after(key);
        if (next === undefined) return undefined;
        run = next;
        at = 0;
      } else if (run.keys[at] !== key) return undefined;
      paths.push(run.known[at] ?? '?');
      at += 1;
    }
    return at === run.keys.length ? paths : undefined;
  }
}

const pathsOf = (keys: readonly string[]) =>
  keys.map((_, at) =>
    keys
      .slice(0, at + 1)
      .map((key) => `${key}|`)
      .join(''),
  );
const numbered = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${prefix}${index}`);

describe('KeyRuns', () => {
  it('tells of any span what was learned of it, whatever else was learned', () => {
    const span = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', ''));
    fc.assert(
      fc.property(fc.array(span, { maxLength: 30 }), (spans) => {
        const walker = new Walker();
        for (const keys of spans) {
          const known = walker.follow(keys);
          if (known !== undefined) expect(known).to.deep.equal(pathsOf(keys));
          expect(walker.follow(keys)).to.deep.equal(pathsOf(keys));
        }
        for (const keys of spans) expect(walker.follow(keys)).to.deep.equal(pathsOf(keys));
      }),
      { numRuns: 2_000 },
    );
  });

  it('asks once for each key, however many spans have it', () => {
    const walker = new Walker();
    for (let span = 0; span < 100; span++) walker.follow(['a', 'b', 'c']);
    expect(walker.asked).to.equal(3);
  });

  it('knows a span without keys', () => {
    expect(new Walker().follow([])).to.deep.equal([]);
  });

  it('finds each of many spans that begin in different ways', () => {
    const walker = new Walker();
    const spans = numbered('key', 100).map((key) => [key, 'same']);
    for (const keys of spans) walker.follow(keys);
    for (const keys of spans) expect(walker.follow(keys)).to.deep.equal(pathsOf(keys));
  });

  it('remembers 4,096 keys, and no more', () => {
    const walker = new Walker();
    for (let span = 0; span < 5_000; span++) walker.follow([`key ${span}`]);
    expect(walker.runs.size).to.equal(4_096);
    expect(walker.follow(['one', 'more'])).to.equal(undefined);
    expect(walker.follow(['one', 'more'])).to.equal(undefined);
    expect(walker.follow(['key 4095'])).to.deep.equal(['key 4095|']);
  });

  it('remembers no span of more than 64 keys', () => {
    const walker = new Walker();
    for (const count of [65, 64]) walker.follow(numbered('k', count));
    expect(walker.follow(numbered('k', 65))).to.equal(undefined);
    expect(walker.follow(numbered('k', 64))).to.deep.equal(pathsOf(numbered('k', 64)));
  });
});
