import type { MeterProvider } from '@opentelemetry/api';
import type { ResolvedStorageOptions, StorageOptions } from './storage/options.js';

/** The queue of spans that wait to be sent, in memory. */
export interface QueueOptions {
  /**
   * Maximum number of spans. With the defaults, small spans (1 KiB of heap each) reach both bounds together.
   * @defaultValue 65536
   */
  readonly maxSpans?: number | undefined;
  /**
   * Maximum size in bytes, estimated from the spans' names, attributes, events and links.
   * @defaultValue 67108864 (64 MiB)
   */
  readonly maxBytes?: number | undefined;
  /**
   * Which spans are dropped when a bound is reached: those that arrive, or those that have waited longest.
   * @defaultValue 'drop-newest'
   */
  readonly overflow?: 'drop-newest' | 'drop-oldest' | undefined;
}

/** How many spans are sent at a time, and when. */
export interface BatchOptions {
  /**
   * Maximum number of spans in a batch.
   * @defaultValue 512, for `OtlpBatchingSpanExporter` 2048; `queue.maxSpans` if that is less
   */
  readonly maxSpans?: number | undefined;
  /**
   * Maximum size of a batch in bytes. A single span that is larger loses its long values, events and links, and gets
   * the attribute `llm.content_removed`. Most wrapped exporters serialize a batch in one go, so this bounds for how long
   * one batch holds the event loop.
   * @defaultValue 524288 (512 KiB), for `OtlpBatchingSpanExporter` 2097152 (2 MiB); `queue.maxBytes` if that is less
   */
  readonly maxBytes?: number | undefined;
  /**
   * Milliseconds after which spans are sent even if they do not fill a batch.
   * @defaultValue 1000
   */
  readonly flushIntervalMillis?: number | undefined;
}

/** How a batch is sent again after a failure that may be temporary. */
export interface RetryOptions {
  /**
   * Milliseconds before the first retry.
   * @defaultValue 1000
   */
  readonly initialIntervalMillis?: number | undefined;
  /**
   * Factor from one interval to the next; at least 1.
   * @defaultValue 1.5
   */
  readonly multiplier?: number | undefined;
  /**
   * Jitter, from 0 to 1: each interval is multiplied by a random number from 1 - this to 1 + this.
   * @defaultValue 0.5
   */
  readonly randomizationFactor?: number | undefined;
  /**
   * Longest interval in milliseconds, before jitter.
   * @defaultValue 30000; `initialIntervalMillis` if that is more
   */
  readonly maxIntervalMillis?: number | undefined;
  /**
   * Milliseconds after its first attempt at which a batch is given up; 0 means a single attempt.
   * @defaultValue 300000 (5 minutes); with `storage`, never
   */
  readonly maxElapsedTimeMillis?: number | undefined;
}

/** Options of the batching exporters. */
export interface BatchingOptions {
  readonly queue?: QueueOptions | undefined;
  readonly batch?: BatchOptions | undefined;
  readonly retry?: RetryOptions | undefined;
  /**
   * Maximum number of batches in flight at the same time. Set it to 1 for an exporter that must not be called again
   * before it has answered; the stock exporters may be, as `SimpleSpanProcessor` does.
   * @defaultValue 8; for `OtlpBatchingSpanExporter`, whose batches are larger, 4
   */
  readonly concurrencyLimit?: number | undefined;
  /**
   * Keeps spans on disk until they are delivered, across restarts, crashes and outages.
   * @defaultValue none: spans are kept in memory only
   */
  readonly storage?: StorageOptions | undefined;
  /**
   * Milliseconds for one attempt of a wrapped exporter, for one `forceFlush` and for one `shutdown`, each measured from
   * its start. Keep it above the wrapped exporter's own timeout (stock OTLP: 10000), whose error says more.
   * @defaultValue 30000
   */
  readonly timeoutMillis?: number | undefined;
  /**
   * Whether what is left is sent when the process has nothing more to do (`beforeExit`), and on SIGTERM and SIGINT.
   * These signals then end the process, unless the application listens to them too. If the backend fails, the process
   * waits only about 5 s. `process.exit()` leaves no time to send anything.
   * @defaultValue false
   */
  readonly flushOnExit?: boolean | undefined;
  /**
   * Where metrics go, under the names of OpenTelemetry's semantic conventions for SDKs
   * (`otel.sdk.processor.span.*`, `otel.sdk.exporter.*`).
   * @defaultValue no metrics
   */
  readonly meterProvider?: MeterProvider | undefined;
}

type Complete<Options> = { readonly [Name in keyof Options]-?: Complete<NonNullable<Options[Name]>> };

/** {@link BatchingOptions} with all defaults applied. */
export interface ResolvedOptions extends Complete<Omit<BatchingOptions, 'meterProvider' | 'storage'>> {
  readonly meterProvider: MeterProvider | undefined;
  readonly storage: ResolvedStorageOptions | undefined;
}
