import { Reporter } from '@llm-otel/common';
import type { LlmCall } from '@llm-otel/semantic-conventions';
import type { Context } from '@opentelemetry/api';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { writeAttributes } from './attribute-names.js';
import { CallTree, type Restated, type SpanPlace } from './call-tree.js';
import { CostMetrics } from './cost-metrics.js';
import {
  type LlmCost,
  type LlmCostSpanProcessorOptions,
  type ResolvedOptions,
  resolveOptions,
} from './options.js';
import { priceCall, priceOfLost } from './price-call.js';
import { rollupAttributes } from './rollup.js';
import { totalsOf } from './totals.js';
import { writeCost } from './write-cost.js';

/** `SpanStatusCode.ERROR`; the API is not imported at run time. */
const STATUS_ERROR = 2;
const UNREADABLE = 'a span could not be priced and goes on without a price';

/**
 * Writes the price of each LLM call into its span as it ends: `llm.cost_usd`, or `llm.cost.status` where
 * there is none.
 *
 * It works in `onEnding`, before any processor or exporter sees the span in `onEnd`, so that the order of
 * registration does not matter. SDKs before 2.3 have no `onEnding`: there it works in `onEnd`, and has to be
 * registered before whatever exports.
 */
export class LlmCostSpanProcessor implements SpanProcessor {
  readonly #options: ResolvedOptions;
  readonly #reporter = new Reporter('LlmCostSpanProcessor');
  /**
   * Spans that `onEnding` has seen and `onEnd` has not: SDKs that have both call them within one `end()`. Counted, since
   * to hold the span itself would make the garbage collector look here for each.
   */
  #ending = 0;
  readonly #tree = new CallTree();
  readonly #metrics: CostMetrics | undefined;

  /** @throws TypeError when an option can't be right */
  constructor(options?: LlmCostSpanProcessorOptions) {
    this.#options = resolveOptions(options);
    const { meterProvider, metricAttributes } = this.#options;
    this.#metrics = meterProvider && new CostMetrics(meterProvider, metricAttributes);
  }

  onStart(span: ReadableSpan, parentContext: Context): void {
    try {
      this.#metrics?.spanStarts(span, parentContext);
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
      const { reader, rollup, attributeNames } = this.#options;
      const call = reader.read(span);
      if (this.#tree.size === 0 && !rollup) {
        if (call === undefined) return;
        // A call that nothing encloses, and that encloses nothing, concerns no other span.
        if (parentIdOf(span) === undefined) {
          this.#write(span, call, 'none');
          return;
        }
      }
      const place = placeOf(span);
      const below = call === undefined ? 'none' : this.#tree.restated(place, call);
      const costUsd = call && this.#write(span, call, below);
      const tells = call !== undefined && (call.usage !== undefined || costUsd !== undefined);
      const own = tells && below === 'none' ? totalsOf(call, costUsd, rollup) : undefined;
      const totals = this.#tree.ends(place, own);
      if (rollup && totals !== undefined && place.parentId === undefined)
        writeAttributes(span.attributes, rollupAttributes(totals), attributeNames);
    } catch (error) {
      this.#reporter.errorOnce(UNREADABLE, error);
    }
  }

  /** Writes the price of a call, and answers it. */
  #write(span: ReadableSpan, call: LlmCall, below: Restated): number | undefined {
    const { attributes, startTime, status } = span;
    const { costName, statusName, onCost } = this.#options;
    const given = attributes[costName];
    if (given !== undefined) return typeof given === 'number' ? given : undefined;
    if (attributes[statusName] !== undefined) return undefined;
    const atMillis = startTime[0] * 1e3 + startTime[1] / 1e6;
    let priced = priceCall(call, atMillis, below !== 'none', this.#options);
    if (below === 'running' && status.code === STATUS_ERROR) priced = priceOfLost(priced);
    writeCost(attributes, priced, call, this.#options);
    const { costUsd, source, quote } = priced;
    if (costUsd !== undefined && onCost !== undefined)
      this.#tell(onCost, { costUsd, source, quote, call, span });
    this.#metrics?.record(span, call, costUsd, priced.status);
    return costUsd;
  }

  #tell(onCost: (cost: LlmCost) => void, cost: LlmCost): void {
    const report = (error: unknown) => this.#reporter.errorOnce('onCost failed', error);
    try {
      // An async function is a fine `() => void` to TypeScript.
      const result: unknown = onCost(cost);
      if (isThenable(result)) Promise.resolve(result).catch(report);
    } catch (error) {
      report(error);
    }
  }
}

/** A promise, also one of another realm: a test runner has one for each file. */
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
  // SDK 1.30 tells the parent's id alone, and not whether it is in another process.
  return span.parentSpanId;
}
