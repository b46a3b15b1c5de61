import type { Attributes } from '@opentelemetry/api';
import type { SpanParts } from './span-parts.js';

/** A larger span is looked into again: nothing is kept that grows with what an application writes. */
const MAX_ENTRIES = 1_024;

/**
 * What a span carried when redaction was done with it, so that the second look can tell that nothing has come in between.
 * Keys and values are compared one by one, since whoever holds the span may have written to any of its parts; that is
 * a fraction of parsing and scanning them again.
 */
export class Snapshot {
  readonly #entries: unknown[] = [];
  #span: SpanParts | undefined;
  #size = 0;
  /** Comparing, and not taking. */
  #isComparing = false;

  /** Of the latest span only: between its two looks there is seldom another. */
  take(span: SpanParts): void {
    this.#isComparing = false;
    this.#size = 0;
    const isWhole = this.#visit(span);
    this.#entries.length = this.#size;
    this.#span = isWhole ? span : undefined;
  }

  /** Whether the span is the one that was taken last, and is as it was. The snapshot is gone then. */
  isOf(span: SpanParts): boolean {
    if (this.#span !== span) return false;
    this.#isComparing = true;
    const length = this.#size;
    this.#size = 0;
    const isSame = this.#visit(span) && this.#size === length;
    // What an application holds is not kept alive.
    this.#span = undefined;
    this.#entries.length = 0;
    return isSame;
  }

  /** Whether all of it could be seen, and is the same as before when comparing. */
  #visit(span: SpanParts): boolean {
    try {
      return this.#parts(span);
    } catch {
      return false;
    }
  }

  #parts(span: SpanParts): boolean {
    const { events, links, status } = span;
    return (
      this.#attributes(span.attributes) &&
      this.#add(status.code) &&
      this.#add(status.message) &&
      this.#add(span.name) &&
      this.#add(span.resource) &&
      this.#add(span.instrumentationScope) &&
      this.#add(events.length) &&
      events.every((event) => this.#add(event.name) && this.#attributes(event.attributes)) &&
      this.#add(links.length) &&
      links.every(
        (link) =>
          this.#add(link.context) && this.#add(link.context.traceState) && this.#attributes(link.attributes),
      )
    );
  }

  #attributes(attributes: Attributes | undefined): boolean {
    let count = 0;
    for (const key in attributes) {
      count += 1;
      if (!this.#add(key) || !this.#value(attributes[key])) return false;
    }
    return this.#add(count);
  }

  /** Whether it is the same as before. A map can be written to, and is not followed: then it is as if it was. */
  #value(value: unknown): boolean {
    if (typeof value !== 'object' || value === null) return this.#add(value);
    if (!Array.isArray(value)) return false;
    for (const item of value) if (typeof item === 'object' || !this.#add(item)) return false;
    return this.#add(value.length);
  }

  #add(entry: unknown): boolean {
    const at = this.#size++;
    if (this.#isComparing) return Object.is(this.#entries[at], entry);
    this.#entries[at] = entry;
    return at < MAX_ENTRIES;
  }
}
