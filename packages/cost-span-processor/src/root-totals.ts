import { type Context, type SpanContext, trace } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { sumOf, type Totals } from './totals.js';

/** What the calls of a local root add up to so far. */
interface Sum {
  totals: Totals | undefined;
}

/**
 * Adds up the calls below each local root, for the rollup. What has ended can't be asked for it: instrumentations of HTTP
 * end a request before those of Express end its handlers, which the calls are below.
 */
export class RootTotals {
  /** By the context of a span, with which the spans below it start. Every span has the sum of its root. */
  readonly #sums = new WeakMap<SpanContext, Sum>();

  spanStarts(span: ReadableSpan, parentContext: Context): void {
    const parent = trace.getSpanContext(parentContext);
    const ofRoot = parent && this.#sums.get(parent);
    this.#sums.set(span.spanContext(), ofRoot ?? { totals: undefined });
  }

  /** Adds a call that has ended. */
  add(span: ReadableSpan, call: Totals): void {
    const sum = this.#sums.get(span.spanContext());
    if (sum !== undefined) sum.totals = sumOf(sum.totals, call);
  }

  /** @param span - a local root */
  of(span: ReadableSpan): Totals | undefined {
    return this.#sums.get(span.spanContext())?.totals;
  }
}
