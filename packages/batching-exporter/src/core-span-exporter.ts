import { Reporter } from '@llm-otel/common';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import { BatchingCore } from './core/batching-core.js';
import type { BatchingStats } from './core/ledger.js';
import type { Sink } from './core/sink.js';
import { type ExportCallback, FAILED, SUCCESS } from './export-result.js';
import type { ResolvedOptions } from './options.js';

/** What the batching exporters have in common: a `SpanExporter` in front of a core. */
export abstract class CoreSpanExporter<Item> implements SpanExporter {
  readonly #name: string;
  readonly #core: BatchingCore<Item>;
  readonly #reporter: Reporter;

  protected constructor(name: string, sink: Sink<Item>, options: ResolvedOptions) {
    this.#name = name;
    this.#core = new BatchingCore(name, sink, options);
    this.#reporter = new Reporter(name);
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
      return wasShutDown
        ? { code: FAILED, error: new Error(`${this.#name} is shut down.`) }
        : { code: SUCCESS };
    } catch (error) {
      this.#reporter.errorOnce('export() was not given a list of spans', error);
      return { code: FAILED, error: new TypeError(`${this.#name}: export() expects a list of spans.`) };
    }
  }
}
