import type { OtlpBatchingOptions } from '../../src/index.js';
import { OtlpBatchingSpanExporter } from '../../src/index.js';

/** An exporter that is quick to retry and to give up. */
export function exporterTo(url: string, options: OtlpBatchingOptions = {}): OtlpBatchingSpanExporter {
  return new OtlpBatchingSpanExporter({
    url,
    requestTimeoutMillis: 500,
    retry: { initialIntervalMillis: 20, maxIntervalMillis: 100 },
    ...options,
  });
}
