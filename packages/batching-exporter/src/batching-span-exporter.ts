import { describe } from '@llm-otel/common';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import { CoreSpanExporter } from './core-span-exporter.js';
import { ExporterSink } from './exporter-sink.js';
import type { BatchingOptions } from './options.js';
import { resolveOptions } from './resolve-options.js';
import { spansCodec } from './storage/spans-codec.js';

const NAME = 'BatchingSpanExporter';

/**
 * Wraps any `SpanExporter` with a bounded queue, batches, retry and a ledger. Handing spans over is cheap and returns
 * at once; they reach the wrapped exporter later, in small batches. Use it behind a `SimpleSpanProcessor`.
 */
export class BatchingSpanExporter extends CoreSpanExporter<ReadableSpan> {
  /**
   * @param exporter - the exporter that receives the batches
   * @throws TypeError if `exporter` is not an exporter, or an option is invalid
   */
  constructor(exporter: SpanExporter, options?: BatchingOptions) {
    for (const method of ['export', 'shutdown'] as const)
      if (typeof exporter?.[method] !== 'function')
        throw new TypeError(
          `${NAME}: expected an exporter with a method ${method}(), got ${describe(exporter)}.`,
        );
    const resolved = resolveOptions(NAME, options);
    super(NAME, new ExporterSink(NAME, exporter, resolved.timeoutMillis), resolved, spansCodec);
  }
}
