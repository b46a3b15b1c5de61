const MAX_KEYS = 4_096;
/** Longer spans are few, and each would add keys that no other shares. */
const MAX_DEPTH = 64;
/** A key that no attribute has. A string like the keys, so that comparing the two stays a comparison of pointers. */
const NO_KEY = '\u0000 none 6fd0c1f2-3b0e-4c8e-9c55-7d3f2f0a8a41';

/** What is known of keys that follow upon others; `previous` is what is known of those. */
export type KnowKeys<Known> = (keys: readonly string[], previous: Known) => Known;

/** Keys that have only been seen one after the other: nothing branches off, and no span ends, before the last of them. */
export class KeyRun<Known> {
  keys: readonly string[];
  known: Known;
  /** Where spans went on most lately: two, since most applications make spans of a few kinds by turns. */
  #firstKey = NO_KEY;
  #first: KeyRun<Known> = this;
  #secondKey = NO_KEY;
  #second: KeyRun<Known> = this;
  #next = new Map<string, KeyRun<Known>>();

  constructor(keys: readonly string[], known: Known) {
    this.keys = keys;
    this.known = known;
  }

  /** The run that goes on with `key` after the last one of this run. */
  after(key: string): KeyRun<Known> | undefined {
    if (this.#firstKey === key) return this.#first;
    if (this.#secondKey === key) return this.#second;
    const next = this.#next.get(key);
    if (next !== undefined) this.#prefer(key, next);
    return next;
  }

  branch(run: KeyRun<Known>): void {
    const [key = NO_KEY] = run.keys;
    this.#next.set(key, run);
    this.#prefer(key, run);
  }

  /** Ends the run after `length` keys, of which `known` is known; the others become a run of their own. */
  split(length: number, known: Known, know: KnowKeys<Known>): void {
    const keys = this.keys.slice(length);
    const rest = new KeyRun(keys, know(keys, known));
    rest.#firstKey = this.#firstKey;
    rest.#first = this.#first;
    rest.#secondKey = this.#secondKey;
    rest.#second = this.#second;
    rest.#next = this.#next;
    this.keys = this.keys.slice(0, length);
    this.known = known;
    this.#next = new Map();
    this.#firstKey = NO_KEY;
    this.branch(rest);
  }

  #prefer(key: string, run: KeyRun<Known>): void {
    this.#secondKey = this.#firstKey;
    this.#second = this.#first;
    this.#firstKey = key;
    this.#first = run;
  }
}

/**
 * Remembers what is known of the keys of spans. Spans of one kind carry the same keys in the same order, so whoever looks
 * at every span follows the runs of an earlier one: a comparison for each key, where a look-up costs some ten times
 * that. Runs are lists, since to go from object to object for each key costs three times as much.
 *
 * @example
 * let run = runs.root;
 * let at = 0;
 * for (const key in attributes) {
 *   if (at === run.keys.length) {
 *     const next = run.after(key);
 *     if (next === undefined) return unknownSpan();
 *     run = next;
 *     at = 0;
 *   } else if (run.keys[at] !== key) return unknownSpan();
 *   // What is known of the key is `run.known`, at `at`.
 *   at += 1;
 * }
 * return at === run.keys.length ? ofKnownSpan(run.known) : unknownSpan();
 */
export class KeyRuns<Known> {
  /** Before the first key. */
  readonly root: KeyRun<Known>;
  readonly #know: KnowKeys<Known>;
  #size = 0;

  /** @param know - its answer must depend on nothing else than what it is given */
  constructor(empty: Known, know: KnowKeys<Known>) {
    this.root = new KeyRun<Known>([], empty);
    this.#know = know;
  }

  /** How many keys are remembered; 4,096 at the most. */
  get size(): number {
    return this.#size;
  }

  /** Remembers a span's keys, if there is room and they are no more than 64. */
  learn(keys: readonly string[]): void {
    if (keys.length > MAX_DEPTH) return;
    let run = this.root;
    let previous = run.known;
    for (let at = 0; ; ) {
      const same = lengthInCommon(run.keys, keys, at);
      if (same < run.keys.length) run.split(same, this.#know(run.keys.slice(0, same), previous), this.#know);
      at += same;
      const key = keys[at];
      if (key === undefined) return;
      const next = run.after(key);
      previous = run.known;
      if (next === undefined) {
        this.#grow(run, keys.slice(at));
        return;
      }
      run = next;
    }
  }

  #grow(run: KeyRun<Known>, keys: readonly string[]): void {
    if (this.#size + keys.length > MAX_KEYS) return;
    run.branch(new KeyRun(keys, this.#know(keys, run.known)));
    this.#size += keys.length;
  }
}

/** How many of `keys`, from `from` on, are those of a run. */
function lengthInCommon(run: readonly string[], keys: readonly string[], from: number): number {
  let length = 0;
  while (length < run.length && run[length] === keys[from + length]) length += 1;
  return length;
}
