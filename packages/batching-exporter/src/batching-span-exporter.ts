import { describe, Reporter } from '@llm-otel/common';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import { BatchingCore } from './core/batching-core.js';
import type { BatchingStats } from './core/ledger.js';
import { type ExportCallback, FAILED, SUCCESS } from './export-result.js';
import { ExporterSink } from './exporter-sink.js';
import { type BatchingOptions, resolveOptions } from './options.js';

const NAME = 'BatchingSpanExporter';

/**
 * Puts a bounded queue, batches, retry and a ledger in front of any `SpanExporter`. Handing spans over costs next
 * to nothing and is answered at once; they reach the wrapped exporter later, in small batches.
 */
export class BatchingSpanExporter implements SpanExporter {
  readonly #core: BatchingCore<ReadableSpan>;
  readonly #reporter = new Reporter(NAME);

  /** @throws TypeError if `exporter` is not an exporter or an option is wrong */
  constructor(exporter: SpanExporter, options?: BatchingOptions) {
    for (const method of ['export', 'shutdown'] as const)
      if (typeof exporter?.[method] !== 'function')
        throw new TypeError(
          `${NAME}: expected an exporter with a method ${method}(), got ${describe(exporter)}.`,
        );
    const resolved = resolveOptions(NAME, options);
    this.#core = new BatchingCore(NAME, new ExporterSink(NAME, exporter, resolved.timeoutMillis), resolved);
  }

  /** Where every span is that was handed over. */
  stats(): BatchingStats {
    return this.#core.stats();
  }

  /**
   * Takes charge of spans and answers success at once, before any is delivered: see {@link stats} for what became
   * of them. After `shutdown` it answers failure.
   */
  export(spans: ReadableSpan[], resultCallback: ExportCallback): void {
    // Neither a list that is none nor a callback that throws may come out of the application's `span.end()`.
    const result = this.#accept(spans);
    try {
      resultCallback(result);
    } catch (error) {
      this.#reporter.errorOnce('the callback given to export() threw', error);
    }
  }

  /**
   * Sends all that was handed over before, and waits until it is delivered or lost, and for the wrapped exporter's
   * own `forceFlush`. Takes `timeoutMillis` at the most.
   *
   * @throws Error that says how many of how many spans were not delivered, and why
   */
  forceFlush(): Promise<void> {
    return this.#core.forceFlush();
  }

  /**
   * Sends what is left, then shuts the wrapped exporter down. Takes `timeoutMillis` at the most and does not reject:
   * what was not delivered by then is counted as `shutdown_timeout`.
   */
  shutdown(): Promise<void> {
    return this.#core.shutdown();
  }

  #accept(spans: readonly ReadableSpan[]): Parameters<ExportCallback>[0] {
    const wasShutDown = this.#core.isShutDown;
    try {
      this.#core.accept(spans);
      return wasShutDown ? { code: FAILED, error: new Error(`${NAME} is shut down.`) } : { code: SUCCESS };
    } catch (error) {
      this.#reporter.errorOnce('export() was not given a list of spans', error);
      return { code: FAILED, error: new TypeError(`${NAME}: export() expects a list of spans.`) };
    }
  }
}
