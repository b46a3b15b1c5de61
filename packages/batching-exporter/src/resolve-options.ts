import {
  aBoolean,
  aNonNegativeNumber,
  anObject,
  anObjectWith,
  aPositiveInteger,
  type Check,
  checkOptions,
  describe,
  MAX_TIMER_MILLIS,
  oneOf,
} from '@llm-otel/common';
import type {
  BatchingOptions,
  BatchOptions,
  QueueOptions,
  ResolvedOptions,
  RetryOptions,
} from './options.js';
import { resolveStorage } from './storage/options.js';

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
  return resolveBatching(owner, options, { maxSpans: 512, maxBytes: 512 * 1_024, concurrencyLimit: 8 });
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
