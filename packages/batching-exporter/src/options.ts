import type { MeterProvider } from '@opentelemetry/api';
import type { ResolvedStorageOptions, StorageOptions } from './storage/options.js';

/** What waits to be sent, in memory. */
export interface QueueOptions {
  /**
   * Spans at the most. With the default, small spans (1 KiB of heap each) reach both bounds together.
   * @defaultValue 65536
   */
  readonly maxSpans?: number | undefined;
  /**
   * Bytes at the most, as estimated from the spans' names, attributes, events and links.
   * @defaultValue 67108864 (64 MiB)
   */
  readonly maxBytes?: number | undefined;
  /**
   * Which spans go when a bound is reached: those that come, or those that have waited longest.
   * @defaultValue 'drop-newest'
   */
  readonly overflow?: 'drop-newest' | 'drop-oldest' | undefined;
}

/** How much the wrapped exporter is given at a time. */
export interface BatchOptions {
  /** @defaultValue 512, for `OtlpBatchingSpanExporter` 2048, or `queue.maxSpans` if that is less */
  readonly maxSpans?: number | undefined;
  /**
   * Bytes at the most. Of a span that is larger alone, long values, events and links are removed, and
   * `llm.content_removed` is set. Where an exporter is wrapped, it bounds for how long one batch holds the event loop,
   * as most serialize it in one go.
   * @defaultValue 524288 (512 KiB), for `OtlpBatchingSpanExporter` 2097152 (2 MiB), or `queue.maxBytes` if that is less
   */
  readonly maxBytes?: number | undefined;
  /**
   * Milliseconds after which spans are sent although they do not fill a batch.
   * @defaultValue 1000
   */
  readonly flushIntervalMillis?: number | undefined;
}

/** How a batch is sent again after a failure that may pass. */
export interface RetryOptions {
  /** @defaultValue 1000 */
  readonly initialIntervalMillis?: number | undefined;
  /**
   * Factor from one interval to the next, 1 or more.
   * @defaultValue 1.5
   */
  readonly multiplier?: number | undefined;
  /**
   * Jitter, from 0 to 1: an interval is multiplied by a random number between 1 - this and 1 + this.
   * @defaultValue 0.5
   */
  readonly randomizationFactor?: number | undefined;
  /** @defaultValue 30000, or `initialIntervalMillis` if that is more */
  readonly maxIntervalMillis?: number | undefined;
  /**
   * Milliseconds after its first attempt when a batch is given up; 0: one attempt only.
   * @defaultValue 300000 (5 minutes), with `storage` never
   */
  readonly maxElapsedTimeMillis?: number | undefined;
}

/** Options of the batching exporters. */
export interface BatchingOptions {
  readonly queue?: QueueOptions | undefined;
  readonly batch?: BatchOptions | undefined;
  readonly retry?: RetryOptions | undefined;
  /**
   * Batches that are being sent at the same time, at the most. 1 for an exporter that must not be called again before
   * it has answered; the stock ones may be, and `SimpleSpanProcessor` does so too.
   * @defaultValue 8; for `OtlpBatchingSpanExporter` 4, of larger batches
   */
  readonly concurrencyLimit?: number | undefined;
  /** Keeps spans on disk until they are delivered: across restarts, crashes and outages. */
  readonly storage?: StorageOptions | undefined;
  /**
   * Milliseconds for one attempt to send a batch, for one `forceFlush` and for one `shutdown`, each measured from
   * its start. Keep it above the wrapped exporter's own timeout (stock OTLP: 10000), whose answer says more.
   * @defaultValue 30000
   */
  readonly timeoutMillis?: number | undefined;
  /**
   * Sends what is left when the process has nothing more to do (`beforeExit`) and on SIGTERM and SIGINT, which then
   * end the process unless the application listens to them too. A backend that fails is waited for for 5 s only.
   * `process.exit()` leaves no time for it.
   * @defaultValue false
   */
  readonly flushOnExit?: boolean | undefined;
  /** Where metrics go, under OpenTelemetry's own names (`otel.sdk.processor.span.*`, `otel.sdk.exporter.*`). */
  readonly meterProvider?: MeterProvider | undefined;
}

type Complete<Options> = { readonly [Name in keyof Options]-?: Complete<NonNullable<Options[Name]>> };

/** {@link BatchingOptions} with nothing left open. */
export interface ResolvedOptions extends Complete<Omit<BatchingOptions, 'meterProvider' | 'storage'>> {
  readonly meterProvider: MeterProvider | undefined;
  readonly storage: ResolvedStorageOptions | undefined;
}
