import type { Dialect } from './dialect.js';
import { KeyRuns } from './key-runs.js';
import type { LlmSpanLike } from './llm-call.js';
import { keysOf, NarrowedDialect, type Slots } from './narrowed-dialect.js';

type Narrowed = readonly NarrowedDialect[];

const NONE: Narrowed = [];
/** Scopes that one shape of spans is remembered for; applications have a few. */
const MAX_SCOPES = 100;

/** Spans with the same keys: which dialects they speak depends on their instrumentation scope alone. */
class Shape {
  readonly slots: Slots;
  readonly #spoken: readonly Dialect[];
  readonly #byScope = new Map<string, Narrowed>();
  #latestScope = '';
  #latest: Narrowed | undefined;

  constructor(slots: Slots, spoken: readonly Dialect[]) {
    this.slots = slots;
    this.#spoken = spoken;
  }

  get isSilent(): boolean {
    return this.#spoken.length === 0;
  }

  spokenBy(scope: string): Narrowed {
    if (this.#latest !== undefined && this.#latestScope === scope) return this.#latest;
    let spoken = this.#byScope.get(scope);
    if (spoken === undefined) {
      spoken = this.#narrowedFor(scope);
      if (this.#byScope.size < MAX_SCOPES) this.#byScope.set(scope, spoken);
    }
    this.#latestScope = scope;
    this.#latest = spoken;
    return spoken;
  }

  #narrowedFor(scope: string): Narrowed {
    const spoken = this.#spoken.filter(
      ({ scopes }) => scopes?.some((start) => scope.startsWith(start)) ?? true,
    );
    const whole = spoken.findIndex(({ isWhole }) => isWhole === true);
    return (whole < 0 ? spoken : spoken.slice(0, whole + 1)).map(
      (dialect) => new NarrowedDialect(dialect, this.slots),
    );
  }
}

/** What is known of a run of keys. */
interface KnownKeys {
  /** Whether some dialect reads the value of each. */
  readonly isRead: readonly boolean[];
  /** What they come to, with all before them. */
  readonly shape: Shape;
}

/** Finds out which dialects of a list a span speaks, and takes what they say out of it. */
export class DialectsOfSpan {
  readonly #dialects: readonly Dialect[];
  /** The keys that some dialect reads. */
  readonly #read: ReadonlySet<string>;
  readonly #runs: KeyRuns<KnownKeys>;

  constructor(dialects: readonly Dialect[]) {
    this.#dialects = dialects;
    this.#read = new Set(dialects.flatMap(keysOf));
    this.#runs = new KeyRuns<KnownKeys>(
      { isRead: [], shape: new Shape(new Map(), []) },
      (keys, { shape }) => ({
        isRead: keys.map((key) => this.#read.has(key)),
        shape: this.#shapeWith(shape, keys),
      }),
    );
  }

  /**
   * The dialects that a span carries a marker of, and comes from a scope of, in order; none after one that is whole.
   *
   * @param values - the values that those look at are put here, each in the slot of its key; what comes after them stays
   */
  of(span: LlmSpanLike, values: unknown[]): Narrowed {
    const shape = this.#shapeOf(span.attributes, values);
    if (shape.isSilent) return NONE;
    const name: unknown = (span.instrumentationScope ?? span.instrumentationLibrary)?.name;
    return shape.spokenBy(typeof name === 'string' ? name : '');
  }

  /** A value costs a fifth here, amid the keys, of what it costs to look up. */
  #shapeOf(attributes: LlmSpanLike['attributes'], values: unknown[]): Shape {
    let run = this.#runs.root;
    let { keys, known } = run;
    let at = 0;
    let count = 0;
    for (const key in attributes) {
      if (at === keys.length) {
        const next = run.after(key);
        if (next === undefined) return this.#unknown(attributes, values);
        run = next;
        ({ keys, known } = run);
        at = 0;
      } else if (keys[at] !== key) return this.#unknown(attributes, values);
      if (known.isRead[at] === true) values[count++] = attributes[key];
      at += 1;
    }
    return at === keys.length ? known.shape : this.#unknown(attributes, values);
  }

  /** The same for a span with keys that are new. */
  #unknown(attributes: LlmSpanLike['attributes'], values: unknown[]): Shape {
    const keys: string[] = [];
    let count = 0;
    for (const key in attributes) {
      keys.push(key);
      if (this.#read.has(key)) values[count++] = attributes[key];
    }
    this.#runs.learn(keys);
    return this.#shapeWith(this.#runs.root.known.shape, keys);
  }

  #shapeWith(shape: Shape, keys: readonly string[]): Shape {
    const read = keys.filter((key) => this.#read.has(key));
    if (read.length === 0) return shape;
    const slots = new Map(shape.slots);
    for (const key of read) slots.set(key, slots.size);
    return new Shape(
      slots,
      this.#dialects.filter(({ markers }) => markers.some((marker) => slots.has(marker))),
    );
  }
}
