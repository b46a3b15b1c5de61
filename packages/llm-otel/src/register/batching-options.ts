import type { BatchingOptions } from '@llm-otel/batching-exporter';
import { MAX_TIMER_MILLIS } from '@llm-otel/common';
import type { EnvironmentReader } from './environment-reader.js';

/** The default of `queue.maxSpans`: a larger batch than the queue would be refused. */
const DEFAULT_QUEUE = 65_536;

/** What the variables of OpenTelemetry's batch span processor set; the exporter has its own defaults for the others. */
export function readBatching(reader: EnvironmentReader): BatchingOptions {
  const queueSize = reader.integer('OTEL_BSP_MAX_QUEUE_SIZE', 1);
  const batchSize = reader.integer('OTEL_BSP_MAX_EXPORT_BATCH_SIZE', 1, queueSize ?? DEFAULT_QUEUE);
  const delay = reader.integer('OTEL_BSP_SCHEDULE_DELAY', 1, MAX_TIMER_MILLIS);
  const timeout = reader.integer('OTEL_BSP_EXPORT_TIMEOUT', 1, MAX_TIMER_MILLIS);
  return {
    queue: { ...(queueSize && { maxSpans: queueSize }) },
    batch: { ...(batchSize && { maxSpans: batchSize }), ...(delay && { flushIntervalMillis: delay }) },
    ...(timeout && { timeoutMillis: timeout }),
  };
}
