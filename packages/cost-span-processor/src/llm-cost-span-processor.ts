import { Reporter } from '@llm-otel/common';
import type { LlmCall } from '@llm-otel/semantic-conventions';
import type { Context } from '@opentelemetry/api';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { writeAttributes } from './attribute-names.js';
import { CallTree, type RepeatedCalls, type SpanPlace } from './call-tree.js';
import { CostMetrics } from './cost-metrics.js';
import {
  type LlmCost,
  type LlmCostSpanProcessorOptions,
  type ResolvedOptions,
  resolveOptions,
} from './options.js';
import { priceCall, priceOfLost } from './price-call.js';
import { rollupAttributes } from './rollup.js';
import { RootTotals } from './root-totals.js';
import { type Totals, totalsOf } from './totals.js';
import { writeCost } from './write-cost.js';

/** `SpanStatusCode.ERROR`. */
const STATUS_ERROR = 2;
const UNREADABLE = 'a span could not be priced and continues without a cost';

/**
 * Writes the cost of each LLM call to its span as the span ends: `llm.cost_usd` in USD, or `llm.cost.status` if there is
 * no cost.
 *
 * On SDK 2.3 and later it works in `onEnding`, before any processor or exporter sees the span in `onEnd`, so the order
 * of registration does not matter. Earlier SDKs have no `onEnding`: there it works in `onEnd` and must be registered
 * before the processor that exports.
 */
export class LlmCostSpanProcessor implements SpanProcessor {
  readonly #options: ResolvedOptions;
  readonly #reporter = new Reporter('LlmCostSpanProcessor');
  /**
   * Spans that `onEnding` has seen and `onEnd` has not: SDKs that have both call them within one `end()`. They are
   * counted, because holding the span itself would cost the garbage collector time for each.
   */
  #ending = 0;
  readonly #tree = new CallTree();
  /** With the option `rollup`. */
  readonly #rootTotals: RootTotals | undefined;
  readonly #metrics: CostMetrics | undefined;

  /** @throws TypeError for an invalid option */
  constructor(options?: LlmCostSpanProcessorOptions) {
    this.#options = resolveOptions(options);
    const { meterProvider, tokenMetric, metricAttributes, rollup } = this.#options;
    if (rollup) this.#rootTotals = new RootTotals();
    this.#metrics = meterProvider && new CostMetrics(meterProvider, tokenMetric, metricAttributes);
  }

  onStart(span: ReadableSpan, parentContext: Context): void {
    try {
      this.#metrics?.spanStarts(span, parentContext);
      this.#rootTotals?.spanStarts(span, parentContext);
      const kind = this.#options.reader.readKind(span);
      if (kind !== undefined && kind !== 'aggregate') this.#tree.callStarts(placeOf(span));
    } catch (error) {
      this.#reporter.errorOnce(UNREADABLE, error);
    }
  }

  onEnding(span: ReadableSpan): void {
    this.#ending += 1;
    this.#price(span);
  }

  onEnd(span: ReadableSpan): void {
    if (this.#ending > 0) this.#ending -= 1;
    else this.#price(span);
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }

  #price(span: ReadableSpan): void {
    try {
      const { reader, rollup } = this.#options;
      const call = reader.read(span);
      if (this.#tree.size === 0 && !rollup) {
        if (call === undefined) return;
        // A call that neither encloses nor is enclosed by another concerns no other span.
        if (parentIdOf(span) === undefined) {
          this.#write(span, call, 'none');
          return;
        }
      }
      const place = placeOf(span);
      const repeated = call === undefined ? 'none' : this.#tree.repeatedCalls(place, call);
      const costUsd = call && this.#write(span, call, repeated);
      const isCounted = call !== undefined && (call.usage !== undefined || costUsd !== undefined);
      const own = isCounted && repeated === 'none' ? totalsOf(call, costUsd, rollup) : undefined;
      const totals = this.#tree.ends(place, own);
      if (this.#rootTotals !== undefined) this.#rollUp(span, place, own, totals, this.#rootTotals);
    } catch (error) {
      this.#reporter.errorOnce(UNREADABLE, error);
    }
  }

  /**
   * @param own - the span's own call
   * @param below - the calls in and below the span, as the tree knows them: also those below a span that started before
   *   this processor was there, or with a copy of its parent's context
   */
  #rollUp(
    span: ReadableSpan,
    { parentId }: SpanPlace,
    own: Totals | undefined,
    below: Totals | undefined,
    rootTotals: RootTotals,
  ): void {
    if (own !== undefined) rootTotals.add(span, own);
    if (parentId !== undefined) return;
    const known = rootTotals.of(span);
    const totals = known !== undefined && known.calls >= (below?.calls ?? 0) ? known : below;
    if (totals !== undefined)
      writeAttributes(span.attributes, rollupAttributes(totals), this.#options.attributeNames);
  }

  /** Writes the cost of a call. @returns the cost, if there is one */
  #write(span: ReadableSpan, call: LlmCall, repeated: RepeatedCalls): number | undefined {
    const { attributes, startTime, status } = span;
    const { costName, statusName, onCost } = this.#options;
    const given = attributes[costName];
    if (given !== undefined) return typeof given === 'number' ? given : undefined;
    if (attributes[statusName] !== undefined) return undefined;
    const atMillis = startTime[0] * 1e3 + startTime[1] / 1e6;
    let priced = priceCall(call, atMillis, repeated !== 'none', this.#options);
    if (repeated === 'running' && status.code === STATUS_ERROR) priced = priceOfLost(priced);
    writeCost(attributes, priced, call, this.#options);
    const { costUsd, source, quote } = priced;
    if (costUsd !== undefined && onCost !== undefined)
      this.#notify(onCost, { costUsd, source, quote, call, span });
    this.#metrics?.record(span, call, costUsd, priced.status);
    return costUsd;
  }

  #notify(onCost: (cost: LlmCost) => void, cost: LlmCost): void {
    const report = (error: unknown) =>
      this.#reporter.errorOnce('the option "onCost" threw or rejected', error);
    try {
      // TypeScript accepts an async function as `() => void`.
      const result: unknown = onCost(cost);
      if (isThenable(result)) Promise.resolve(result).catch(report);
    } catch (error) {
      report(error);
    }
  }
}

/** Also true for a promise of another realm: some test runners have one realm per file. */
function isThenable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value;
}

function placeOf(span: ReadableSpan): SpanPlace {
  const { traceId, spanId } = span.spanContext();
  return { traceId, spanId, parentId: parentIdOf(span) };
}

function parentIdOf(span: ReadableSpan & { readonly parentSpanId?: string }): string | undefined {
  const parent = span.parentSpanContext;
  if (parent !== undefined) return parent.isRemote === true ? undefined : parent.spanId;
  // SDK 1.30 has only the parent's id, and does not say whether the parent is in another process.
  return span.parentSpanId;
}
