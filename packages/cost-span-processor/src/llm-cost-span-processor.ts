import { Reporter } from '@llm-otel/common';
import { ATTR_LLM_COST_STATUS, ATTR_LLM_COST_USD, readLlmCall } from '@llm-otel/semantic-conventions';
import type { ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import {
  type LlmCost,
  type LlmCostSpanProcessorOptions,
  type ResolvedOptions,
  resolveOptions,
} from './options.js';
import { priceCall } from './price-call.js';

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
  /** The span that `onEnding` saw last: the SDK calls `onEnd` for it right after. */
  #ending: ReadableSpan | undefined;

  /** @throws TypeError when an option can't be right */
  constructor(options?: LlmCostSpanProcessorOptions) {
    this.#options = resolveOptions(options);
  }

  onStart(): void {}

  onEnding(span: ReadableSpan): void {
    this.#ending = span;
    this.#price(span);
  }

  onEnd(span: ReadableSpan): void {
    // Where another span ended in between, this one is looked at twice, and found to have its price.
    if (this.#ending !== span) this.#price(span);
    this.#ending = undefined;
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }

  #price(span: ReadableSpan): void {
    try {
      const call = readLlmCall(span);
      if (call === undefined) return;
      // Not `setAttribute`: at the SDK's limit it drops new attributes, and in `onEnd` it does nothing.
      const target = span.attributes;
      if (target[ATTR_LLM_COST_USD] !== undefined || target[ATTR_LLM_COST_STATUS] !== undefined) return;
      const [seconds, nanoseconds] = span.startTime;
      const at = new Date(seconds * 1e3 + nanoseconds / 1e6);
      const { attributes, quote } = priceCall(call, at, this.#options);
      for (const key in attributes) target[key] = attributes[key];
      if (quote !== undefined) this.#tell({ quote, call, span });
    } catch (error) {
      this.#reporter.errorOnce('a span could not be priced and goes on without a price', error);
    }
  }

  #tell(cost: LlmCost): void {
    const { onCost } = this.#options;
    if (onCost === undefined) return;
    const report = (error: unknown) => this.#reporter.errorOnce('onCost failed', error);
    try {
      // An async function is a fine `() => void` to TypeScript.
      const result: unknown = onCost(cost);
      if (result instanceof Promise) result.catch(report);
    } catch (error) {
      report(error);
    }
  }
}
