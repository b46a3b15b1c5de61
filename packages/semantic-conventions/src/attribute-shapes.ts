const MAX_KEYS = 4_096;
/** Longer spans are few, and each would add keys that no other shares. */
const MAX_DEPTH = 64;
/** A key that no attribute has. A string like the keys, so that comparing the two stays a comparison of pointers. */
const NO_KEY = '\u0000 none 6fd0c1f2-3b0e-4c8e-9c55-7d3f2f0a8a41';

/**
 * Keys that have only been seen one after the other: nothing branches off, and no span ends, before the last of them.
 * Lists, since a span's keys are compared with them in a row: to go from object to object costs three times as much.
 */
class Run<Summary> {
  keys: readonly string[];
  /** Whether the value of each key is picked out. */
  picks: readonly boolean[];
  /** What all keys before the run come to. */
  readonly before: Summary;
  /** What they come to with those of the run. */
  after: Summary;
  /** Where spans went on most lately: two, since most applications make spans of a few kinds by turns. */
  firstKey = NO_KEY;
  first: Run<Summary> = this;
  secondKey = NO_KEY;
  second: Run<Summary> = this;
  next = new Map<string, Run<Summary>>();

  constructor(keys: readonly string[], picks: readonly boolean[], before: Summary, after: Summary) {
    this.keys = keys;
    this.picks = picks;
    this.before = before;
    this.after = after;
  }

  /** The run that goes on with `key`. */
  follow(key: string): Run<Summary> | undefined {
    const next = this.next.get(key);
    if (next !== undefined) this.#prefer(key, next);
    return next;
  }

  branch(run: Run<Summary>): void {
    const [key = NO_KEY] = run.keys;
    this.next.set(key, run);
    this.#prefer(key, run);
  }

  /** Ends the run after `length` keys, which come to `after`; the others become a run of their own. */
  split(length: number, after: Summary): void {
    const { keys, picks } = this;
    const rest = new Run(keys.slice(length), picks.slice(length), after, this.after);
    rest.firstKey = this.firstKey;
    rest.first = this.first;
    rest.secondKey = this.secondKey;
    rest.second = this.second;
    rest.next = this.next;
    this.keys = keys.slice(0, length);
    this.picks = picks.slice(0, length);
    this.after = after;
    this.next = new Map();
    this.firstKey = NO_KEY;
    this.branch(rest);
  }

  #prefer(key: string, run: Run<Summary>): void {
    this.secondKey = this.firstKey;
    this.second = this.first;
    this.firstKey = key;
    this.first = run;
  }
}

/**
 * Tells what the keys of a span's attributes come to, and picks out values. Spans of one kind carry the same keys in
 * the same order, so it follows the path that an earlier span took: a comparison for each key, where a look-up costs
 * some ten times that. It remembers 4,096 keys, and works without remembering beyond that.
 */
export class AttributeShapes<Summary> {
  readonly #add: (summary: Summary, key: string) => Summary;
  readonly #picked: ReadonlySet<string>;
  readonly #root: Run<Summary>;
  #size = 0;

  /**
   * @param add - what the keys come to with one more; its answer must depend on nothing else
   * @param picked - the keys whose values are picked out
   */
  constructor(
    empty: Summary,
    add: (summary: Summary, key: string) => Summary,
    picked: ReadonlySet<string> = new Set(),
  ) {
    this.#add = add;
    this.#picked = picked;
    this.#root = new Run([], [], empty, empty);
  }

  /** How many keys are remembered. */
  get size(): number {
    return this.#size;
  }

  /**
   * @param values - the values of the keys that are picked are put here, in the order of the keys, and nothing is
   * done about what comes after them. A value costs a fifth here, amid the keys, of what it costs to look up.
   */
  of(attributes: Readonly<Record<string, unknown>>, values: unknown[] = []): Summary {
    let run = this.#root;
    let { keys, picks } = run;
    let at = 0;
    let count = 0;
    for (const key in attributes) {
      if (at === keys.length) {
        if (run.firstKey === key) run = run.first;
        else if (run.secondKey === key) run = run.second;
        else {
          const next = run.follow(key);
          if (next === undefined) return this.#learn(attributes, values);
          run = next;
        }
        ({ keys, picks } = run);
        at = 0;
      } else if (keys[at] !== key) return this.#learn(attributes, values);
      if (picks[at] === true) values[count++] = attributes[key];
      at += 1;
    }
    return at === keys.length ? run.after : this.#learn(attributes, values);
  }

  /** The same for a span that leaves the paths of earlier ones; it is remembered while there is room. */
  #learn(attributes: Readonly<Record<string, unknown>>, values: unknown[]): Summary {
    const keys: string[] = [];
    let count = 0;
    for (const key in attributes) {
      keys.push(key);
      if (this.#picked.has(key)) values[count++] = attributes[key];
    }
    let run = this.#root;
    let at = 0;
    for (;;) {
      const same = lengthInCommon(run.keys, keys, at);
      if (same < run.keys.length) run.split(same, keys.slice(at, at + same).reduce(this.#add, run.before));
      at += same;
      const key = keys[at];
      if (key === undefined) return run.after;
      const next = run.follow(key);
      if (next === undefined) return this.#grow(run, keys.slice(at), at);
      run = next;
    }
  }

  /** What `keys` come to, which go on after a run in a new way. */
  #grow(run: Run<Summary>, keys: readonly string[], depth: number): Summary {
    const after = keys.reduce(this.#add, run.after);
    if (depth + keys.length > MAX_DEPTH || this.#size + keys.length > MAX_KEYS) return after;
    const picks = keys.map((key) => this.#picked.has(key));
    run.branch(new Run(keys, picks, run.after, after));
    this.#size += keys.length;
    return after;
  }
}

/** How many of `keys`, from `from` on, are those of a run. */
function lengthInCommon(run: readonly string[], keys: readonly string[], from: number): number {
  let length = 0;
  while (length < run.length && run[length] === keys[from + length]) length += 1;
  return length;
}
