import type { SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { RedactionOptions } from './options.js';
import { resolvePolicy } from './policy/resolve-policy.js';
import { RedactingExporter } from './redacting-exporter.js';
import { redactedSpan } from './span/redacted-span.js';

const OWNER = 'redactingSpanExporter';

/**
 * Wraps an exporter so that it receives views of spans without content. The spans themselves stay as they are, so that
 * another destination can receive what this one must not.
 *
 * @returns an exporter that redacts spans and passes them on
 * @throws TypeError if `exporter` is not an exporter, or an option is invalid
 */
export function redactingSpanExporter(exporter: SpanExporter, options?: RedactionOptions): SpanExporter {
  const policy = resolvePolicy(OWNER, options);
  return new RedactingExporter(OWNER, 'a SpanExporter', exporter, (span, reporter) =>
    redactedSpan(span, policy, reporter),
  );
}
