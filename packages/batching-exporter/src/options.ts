import {
  aBoolean,
  aNonNegativeNumber,
  anObject,
  anObjectWith,
  aPositiveInteger,
  type Check,
  checkOptions,
  describe,
  oneOf,
} from '@llm-otel/common';
import type { MeterProvider } from '@opentelemetry/api';
import { type ResolvedStorageOptions, resolveStorage, type StorageOptions } from './storage/options.js';

/** What waits to be sent, in memory. */
export interface QueueOptions {
  /**
   * Spans at the most. With the default, small spans (1 KiB of heap each) reach both bounds together.
   * @defaultValue 65536
   */
  readonly maxSpans?: number;
  /**
   * Bytes at the most, as estimated from the spans' names, attributes, events and links.
   * @defaultValue 67108864 (64 MiB)
   */
  readonly maxBytes?: number;
  /**
   * Which spans go when a bound is reached: those that come, or those that have waited longest.
   * @defaultValue 'drop-newest'
   */
  readonly overflow?: 'drop-newest' | 'drop-oldest';
}

/** How much the wrapped exporter is given at a time. */
export interface BatchOptions {
  /** @defaultValue 512, for `OtlpBatchingSpanExporter` 2048, or `queue.maxSpans` if that is less */
  readonly maxSpans?: number;
  /**
   * Bytes at the most. Of a span that is larger alone, long values, events and links are removed, and
   * `llm.content_removed` is set. Where an exporter is wrapped, it bounds for how long one batch holds the event loop,
   * as most serialize it in one go: 5 ms for the default in the stock OTLP exporter.
   * @defaultValue 524288 (512 KiB), for `OtlpBatchingSpanExporter` 2097152 (2 MiB), or `queue.maxBytes` if that is less
   */
  readonly maxBytes?: number;
  /**
   * Milliseconds after which spans are sent although they do not fill a batch.
   * @defaultValue 1000
   */
  readonly flushIntervalMillis?: number;
}

/** How a batch is sent again after a failure that may pass. */
export interface RetryOptions {
  /** @defaultValue 1000 */
  readonly initialIntervalMillis?: number;
  /**
   * Factor from one interval to the next, 1 or more.
   * @defaultValue 1.5
   */
  readonly multiplier?: number;
  /**
   * Jitter, from 0 to 1: an interval is multiplied by a random number between 1 - this and 1 + this.
   * @defaultValue 0.5
   */
  readonly randomizationFactor?: number;
  /** @defaultValue 30000, or `initialIntervalMillis` if that is more */
  readonly maxIntervalMillis?: number;
  /**
   * Milliseconds after its first attempt when a batch is given up; 0: one attempt only.
   * @defaultValue 300000 (5 minutes), with `storage` never
   */
  readonly maxElapsedTimeMillis?: number;
}

/** Options of the batching exporters. */
export interface BatchingOptions {
  readonly queue?: QueueOptions;
  readonly batch?: BatchOptions;
  readonly retry?: RetryOptions;
  /**
   * Batches that are being sent at the same time, at the most.
   * @defaultValue 1; for `OtlpBatchingSpanExporter` 4
   */
  readonly concurrencyLimit?: number;
  /** Keeps spans on disk until they are delivered: across restarts, crashes and outages. */
  readonly storage?: StorageOptions;
  /**
   * Milliseconds for one attempt to send a batch, for one `forceFlush` and for one `shutdown`, each measured from
   * its start. Keep it above the wrapped exporter's own timeout (stock OTLP: 10000), whose answer says more.
   * @defaultValue 30000
   */
  readonly timeoutMillis?: number;
  /**
   * Sends what is left when the process has nothing more to do (`beforeExit`) and on SIGTERM and SIGINT, which then
   * end the process unless the application listens to them too. `process.exit()` leaves no time for it.
   * @defaultValue false
   */
  readonly flushOnExit?: boolean;
  /** Where metrics go, under OpenTelemetry's own names (`otel.sdk.processor.span.*`, `otel.sdk.exporter.*`). */
  readonly meterProvider?: MeterProvider;
}

type Complete<Options> = { readonly [Name in keyof Options]-?: Complete<NonNullable<Options[Name]>> };

/** {@link BatchingOptions} with nothing left open. */
export interface ResolvedOptions extends Complete<Omit<BatchingOptions, 'meterProvider' | 'storage'>> {
  readonly meterProvider: MeterProvider | undefined;
  readonly storage: ResolvedStorageOptions | undefined;
}

// A Node timer set to more than this fires at once.
const MAX_TIMER_MILLIS = 2 ** 31 - 1;

export const aTimer: Check = within('a positive number of milliseconds, 2147483647 at the most', (value) => {
  return value > 0 && value <= MAX_TIMER_MILLIS;
});
const aFactor = within('a number of 1 or more', (value) => value >= 1 && Number.isFinite(value));
const aFraction = within('a number from 0 to 1', (value) => value >= 0 && value <= 1);

/** What depends on the sink. */
type BatchingDefaults = Pick<ResolvedOptions, 'concurrencyLimit'> &
  Pick<ResolvedOptions['batch'], 'maxSpans' | 'maxBytes'>;

/** What is checked of the options that all batching exporters have, before their groups are looked into. */
export const batchingChecks: Record<keyof BatchingOptions, Check> = {
  queue: anObject,
  batch: anObject,
  retry: anObject,
  concurrencyLimit: aPositiveInteger,
  storage: anObject,
  timeoutMillis: aTimer,
  flushOnExit: aBoolean,
  meterProvider: anObjectWith('getMeter', 'a MeterProvider'),
};

/**
 * Checks options and fills in the defaults.
 *
 * @param owner - the class whose options they are
 * @throws TypeError if an option is unknown or wrong, or contradicts another
 */
export function resolveOptions(owner: string, options?: BatchingOptions): ResolvedOptions {
  checkOptions<BatchingOptions>(owner, options, batchingChecks);
  return resolveBatching(owner, options, { maxSpans: 512, maxBytes: 512 * 1_024, concurrencyLimit: 1 });
}

/** {@link resolveOptions} of options whose names and {@link batchingChecks} were checked, with defaults of their own. */
export function resolveBatching(
  owner: string,
  options: BatchingOptions = {},
  defaults: BatchingDefaults,
): ResolvedOptions {
  const queue = resolveQueue(`${owner}: option "queue"`, options.queue);
  return {
    queue,
    batch: resolveBatch(owner, options.batch, queue, defaults),
    retry: resolveRetry(owner, options.retry, options.storage ? Number.POSITIVE_INFINITY : 300_000),
    storage: resolveStorage(owner, options.storage, queue.maxBytes),
    concurrencyLimit: options.concurrencyLimit ?? defaults.concurrencyLimit,
    timeoutMillis: options.timeoutMillis ?? 30_000,
    flushOnExit: options.flushOnExit ?? false,
    meterProvider: options.meterProvider,
  };
}

function resolveQueue(path: string, options: QueueOptions = {}): ResolvedOptions['queue'] {
  checkOptions<QueueOptions>(path, options, {
    maxSpans: aPositiveInteger,
    maxBytes: aPositiveInteger,
    overflow: oneOf('drop-newest', 'drop-oldest'),
  });
  return {
    maxSpans: options.maxSpans ?? 65_536,
    maxBytes: options.maxBytes ?? 64 * 1_024 * 1_024,
    overflow: options.overflow ?? 'drop-newest',
  };
}

function resolveBatch(
  owner: string,
  options: BatchOptions = {},
  queue: ResolvedOptions['queue'],
  defaults: BatchingDefaults,
): ResolvedOptions['batch'] {
  checkOptions<BatchOptions>(`${owner}: option "batch"`, options, {
    maxSpans: aPositiveInteger,
    maxBytes: aPositiveInteger,
    flushIntervalMillis: aTimer,
  });
  for (const bound of ['maxSpans', 'maxBytes'] as const) {
    const given = options[bound];
    if (given !== undefined && given > queue[bound])
      throw new TypeError(
        `${owner}: option "batch.${bound}" must not be above "queue.${bound}" (${queue[bound]}), got ${given}: ` +
          'a batch that large could never come together.',
      );
  }
  return {
    maxSpans: options.maxSpans ?? Math.min(defaults.maxSpans, queue.maxSpans),
    maxBytes: options.maxBytes ?? Math.min(defaults.maxBytes, queue.maxBytes),
    flushIntervalMillis: options.flushIntervalMillis ?? 1_000,
  };
}

function resolveRetry(
  owner: string,
  options: RetryOptions = {},
  maxElapsedTimeMillis: number,
): ResolvedOptions['retry'] {
  checkOptions<RetryOptions>(`${owner}: option "retry"`, options, {
    initialIntervalMillis: aTimer,
    multiplier: aFactor,
    randomizationFactor: aFraction,
    maxIntervalMillis: aTimer,
    maxElapsedTimeMillis: aNonNegativeNumber,
  });
  const { initialIntervalMillis = 1_000, maxIntervalMillis } = options;
  if (maxIntervalMillis !== undefined && maxIntervalMillis < initialIntervalMillis)
    throw new TypeError(
      `${owner}: option "retry.maxIntervalMillis" must not be below "retry.initialIntervalMillis" ` +
        `(${initialIntervalMillis}), got ${describe(maxIntervalMillis)}.`,
    );
  return {
    initialIntervalMillis,
    multiplier: options.multiplier ?? 1.5,
    randomizationFactor: options.randomizationFactor ?? 0.5,
    maxIntervalMillis: maxIntervalMillis ?? Math.max(30_000, initialIntervalMillis),
    maxElapsedTimeMillis: options.maxElapsedTimeMillis ?? maxElapsedTimeMillis,
  };
}

function within(expected: string, fits: (value: number) => boolean): Check {
  return (value) => (typeof value === 'number' && fits(value) ? undefined : expected);
}
