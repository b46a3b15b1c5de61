export { BatchingSpanExporter } from './batching-span-exporter.js';
export type { BatchingStats, DroppedSpans, DropReason } from './core/ledger.js';
export type { BatchingOptions, BatchOptions, QueueOptions, RetryOptions } from './options.js';
export type { OtlpBatchingOptions } from './otlp/options.js';
export { OtlpBatchingSpanExporter } from './otlp-batching-span-exporter.js';
