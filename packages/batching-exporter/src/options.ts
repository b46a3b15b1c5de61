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
  /** @defaultValue 512, or `queue.maxSpans` if that is less */
  readonly maxSpans?: number;
  /**
   * Bytes at the most; a larger span goes alone. It bounds for how long one batch holds the event loop, as most
   * exporters serialize it in one go: 5 ms for the default in the stock OTLP exporter.
   * @defaultValue 524288 (512 KiB), or `queue.maxBytes` if that is less
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
   * @defaultValue 300000 (5 minutes)
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
   * @defaultValue 1
   */
  readonly concurrencyLimit?: number;
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
export interface ResolvedOptions extends Complete<Omit<BatchingOptions, 'meterProvider'>> {
  readonly meterProvider: MeterProvider | undefined;
}

// A Node timer set to more than this fires at once.
const MAX_TIMER_MILLIS = 2 ** 31 - 1;

export const aTimer: Check = within('a positive number of milliseconds, 2147483647 at the most', (value) => {
  return value > 0 && value <= MAX_TIMER_MILLIS;
});
const aFactor = within('a number of 1 or more', (value) => value >= 1 && Number.isFinite(value));
const aFraction = within('a number from 0 to 1', (value) => value >= 0 && value <= 1);

type BatchDefaults = Pick<ResolvedOptions['batch'], 'maxSpans' | 'maxBytes'>;

/**
 * Checks options and fills in the defaults.
 *
 * @param owner - the class whose options they are
 * @throws TypeError if an option is unknown or wrong, or contradicts another
 */
export function resolveOptions(
  owner: string,
  options: BatchingOptions = {},
  batchDefaults: BatchDefaults = { maxSpans: 512, maxBytes: 512 * 1_024 },
): ResolvedOptions {
  checkOptions<BatchingOptions>(owner, options, {
    queue: anObject,
    batch: anObject,
    retry: anObject,
    concurrencyLimit: aPositiveInteger,
    timeoutMillis: aTimer,
    flushOnExit: aBoolean,
    meterProvider: anObjectWith('getMeter', 'a MeterProvider'),
  });
  const queue = resolveQueue(`${owner}: option "queue"`, options.queue);
  return {
    queue,
    batch: resolveBatch(owner, options.batch, queue, batchDefaults),
    retry: resolveRetry(owner, options.retry),
    concurrencyLimit: options.concurrencyLimit ?? 1,
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
  defaults: BatchDefaults,
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

function resolveRetry(owner: string, options: RetryOptions = {}): ResolvedOptions['retry'] {
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
    maxElapsedTimeMillis: options.maxElapsedTimeMillis ?? 300_000,
  };
}

function within(expected: string, fits: (value: number) => boolean): Check {
  return (value) => (typeof value === 'number' && fits(value) ? undefined : expected);
}
