import { CoreSpanExporter } from './core-span-exporter.js';
import type { EncodedSpan } from './otlp/encoded-span.js';
import { type OtlpBatchingOptions, resolveOtlpOptions } from './otlp/options.js';
import { OtlpSink } from './otlp/otlp-sink.js';

const NAME = 'OtlpBatchingSpanExporter';

/**
 * Sends spans to an OTLP backend over HTTP, in protobuf. Handing them over costs next to nothing and is answered at
 * once; each is encoded once, a few at a time, and requests are put together from encoded spans.
 */
export class OtlpBatchingSpanExporter extends CoreSpanExporter<EncodedSpan> {
  /** @throws TypeError if an option is wrong, or a variable of the environment that says where spans go */
  constructor(options?: OtlpBatchingOptions) {
    const resolved = resolveOtlpOptions(NAME, options);
    super(NAME, new OtlpSink(resolved), resolved);
  }
}
