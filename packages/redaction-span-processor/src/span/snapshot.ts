import type { Attributes } from '@opentelemetry/api';
import type { SpanParts } from './span-parts.js';

/** A larger span is examined again: nothing is kept that grows with what an application writes. */
const MAX_ENTRIES = 1_024;

/**
 * The contents of a span after redaction, so that the second look can tell that nothing was added in between. Keys and
 * values are compared one by one, because anything that holds the span may have written to any of its parts. That takes a
 * fraction of the time of parsing and scanning them again.
 */
export class Snapshot {
  readonly #entries: unknown[] = [];
  #span: SpanParts | undefined;
  #size = 0;
  /** Whether it compares, rather than takes. */
  #isComparing = false;

  /** Only of the latest span: another one rarely ends between its two looks. */
  take(span: SpanParts): void {
    this.#isComparing = false;
    this.#size = 0;
    const isWhole = this.#visit(span);
    this.#entries.length = this.#size;
    this.#span = isWhole ? span : undefined;
  }

  /** Whether the span is the one that was taken last, and is unchanged. The snapshot is then released. */
  isOf(span: SpanParts): boolean {
    if (this.#span !== span) return false;
    this.#isComparing = true;
    const length = this.#size;
    this.#size = 0;
    const isSame = this.#visit(span) && this.#size === length;
    // Values of the application must not be kept alive.
    this.#span = undefined;
    this.#entries.length = 0;
    return isSame;
  }

  /** Whether everything could be read and, when comparing, is the same as before. */
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

  /** Whether it is the same as before. A map can be written to and is not followed, so it counts as changed. */
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
