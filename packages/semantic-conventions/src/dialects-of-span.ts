import { AttributeShapes } from './attribute-shapes.js';
import type { Dialect } from './dialect.js';
import type { LlmSpanLike } from './llm-call.js';
import { NarrowedDialect, type Slots, slotsOf } from './narrowed-dialect.js';

type Narrowed = readonly NarrowedDialect[];

const NONE: Narrowed = [];
/** Maximum number of scopes remembered per shape of spans; applications have a few. */
const MAX_SCOPES = 100;

/** Spans with the same keys: their dialects depend only on their instrumentation scope. */
class Shape {
  /** Keys that some dialect reads. */
  readonly keys: ReadonlySet<string>;
  readonly #spoken: readonly Dialect[];
  readonly #slots: Slots;
  readonly #byScope = new Map<string, Narrowed>();
  #latestScope = '';
  #latest: Narrowed | undefined;

  constructor(keys: ReadonlySet<string>, spoken: readonly Dialect[], slots: Slots) {
    this.keys = keys;
    this.#spoken = spoken;
    this.#slots = slots;
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
      (dialect) => new NarrowedDialect(dialect, this.keys, this.#slots),
    );
  }
}

/** Finds the dialects of a span, and picks out the values that they read. */
export class DialectsOfSpan {
  readonly #shapes: AttributeShapes<Shape>;

  constructor(dialects: readonly Dialect[]) {
    const slots = slotsOf(dialects);
    const add = (shape: Shape, key: string) => {
      if (!slots.has(key)) return shape;
      const keys = new Set(shape.keys).add(key);
      const spoken = dialects.filter(({ markers }) => markers.some((marker) => keys.has(marker)));
      return new Shape(keys, spoken, slots);
    };
    this.#shapes = new AttributeShapes(new Shape(new Set(), [], slots), add, slots);
  }

  /**
   * The dialects of which a span has a marker and a matching scope, in order; none after one that is whole.
   *
   * @param values - receives the values that these dialects read
   */
  of(span: LlmSpanLike, values: unknown[]): Narrowed {
    const shape = this.#shapes.of(span.attributes, values);
    if (shape.isSilent) return NONE;
    const name: unknown = (span.instrumentationScope ?? span.instrumentationLibrary)?.name;
    return shape.spokenBy(typeof name === 'string' ? name : '');
  }
}
