import { CoreSpanExporter } from './core-span-exporter.js';
import type { EncodedSpan } from './otlp/encoded-span.js';
import { type OtlpBatchingOptions, resolveOtlpOptions } from './otlp/options.js';
import { OtlpSink } from './otlp/otlp-sink.js';
import { encodedSpansCodec } from './storage/encoded-spans-codec.js';

const NAME = 'OtlpBatchingSpanExporter';

/**
 * Sends spans to an OTLP backend as protobuf over HTTP. Handing spans over is cheap and returns at once. Each span is
 * encoded once, a few at a time, and requests are assembled from encoded spans. Use it behind a `SimpleSpanProcessor`.
 */
export class OtlpBatchingSpanExporter extends CoreSpanExporter<EncodedSpan> {
  /** @throws TypeError if an option is invalid, or an environment variable that determines where spans go */
  constructor(options?: OtlpBatchingOptions) {
    const resolved = resolveOtlpOptions(NAME, options);
    super(NAME, new OtlpSink(resolved), resolved, encodedSpansCodec);
  }
}
