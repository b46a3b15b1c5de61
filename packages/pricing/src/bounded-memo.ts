/**
 * Remembers a value for each pair of names, up to a bound; when that is reached, it is cleared.
 * The maps are nested, because one look-up of a joined key takes five times as long as two look-ups.
 */
export class BoundedMemo<Value> {
  readonly #maxEntries: number;
  readonly #byOuter = new Map<string, Map<string, Value>>();
  #size = 0;

  constructor(maxEntries: number) {
    this.#maxEntries = maxEntries;
  }

  get size(): number {
    return this.#size;
  }

  get(outer: string, inner: string): Value | undefined {
    return this.#byOuter.get(outer)?.get(inner);
  }

  /** The pair must not be there yet. */
  add(outer: string, inner: string, value: Value): void {
    if (this.#size >= this.#maxEntries) {
      this.#byOuter.clear();
      this.#size = 0;
    }
    const byInner = this.#byOuter.get(outer) ?? new Map<string, Value>();
    this.#byOuter.set(outer, byInner.set(inner, value));
    this.#size += 1;
  }
}
