import { Reporter } from '@llm-otel/common';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import { BatchingCore } from './core/batching-core.js';
import type { BatchingStats } from './core/ledger.js';
import type { Sink } from './core/sink.js';
import { type ExportCallback, FAILED, SUCCESS } from './export-result.js';
import type { ResolvedOptions } from './options.js';
import type { Codec } from './storage/codec.js';
import { DiskStore, type StorageStats } from './storage/disk-store.js';

/** What the batching exporters have in common: a `SpanExporter` in front of a core. */
export abstract class CoreSpanExporter<Item> implements SpanExporter {
  readonly #name: string;
  readonly #store: DiskStore<Item> | undefined;
  readonly #core: BatchingCore<Item>;
  readonly #reporter: Reporter;

  protected constructor(name: string, sink: Sink<Item>, options: ResolvedOptions, codec: Codec<Item>) {
    this.#name = name;
    this.#store = options.storage && new DiskStore(name, options.storage, codec);
    this.#core = new BatchingCore(name, sink, options, this.#store);
    this.#reporter = new Reporter(name);
  }

  /** What became of every span that was handed over, since construction. */
  stats(): BatchingStats {
    return this.#core.stats();
  }

  /** State of the storage on disk; `undefined` without the option `storage`. */
  storageStats(): StorageStats | undefined {
    return this.#store?.stats();
  }

  /**
   * Accepts spans and reports success at once, before any of them is delivered: see {@link stats} for what became
   * of them. After `shutdown` it reports failure. It never throws.
   */
  export(spans: ReadableSpan[], resultCallback: ExportCallback): void {
    // Neither an invalid list nor a callback that throws may make the application's `span.end()` throw.
    const result = this.#accept(spans);
    try {
      resultCallback(result);
    } catch (error) {
      this.#reporter.errorOnce('the callback given to export() threw', error);
    }
  }

  /**
   * Sends everything that was handed over before, and waits until it is delivered or lost, and for the wrapped
   * exporter's own `forceFlush`. Takes at most `timeoutMillis`.
   *
   * @throws Error (the promise rejects) that says how many of how many spans were not delivered, and why; its `cause`
   *   is the underlying error, if there is one
   */
  forceFlush(): Promise<void> {
    return this.#core.forceFlush();
  }

  /**
   * Sends what is left, then shuts the wrapped exporter down. Takes at most `timeoutMillis` and does not reject:
   * what is not delivered by then is counted as `shutdown_timeout`, unless it is in `storage`.
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
      this.#reporter.errorOnce('export() expects a list of spans and was called with something else', error);
      return { code: FAILED, error: new TypeError(`${this.#name}: export() expects a list of spans.`) };
    }
  }
}
