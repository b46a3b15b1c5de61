import { BatchingSpanExporter } from '@llm-otel/batching-exporter';
import { LlmCostSpanProcessor } from '@llm-otel/cost-span-processor';
import { LlmRedactionSpanProcessor, redactingSpanExporter } from '@llm-otel/redaction-span-processor';
import type { SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { ExportingSpanProcessor } from './exporting-span-processor.js';
import { checkLlmSpanProcessorsOptions, isBatching, type LlmSpanProcessorsOptions } from './options.js';

/**
 * Creates the processors that add the cost to LLM spans, remove their content and, given an exporter, ship all spans.
 * Put them into the `spanProcessors` of a tracer provider, in this order and in front of other processors.
 *
 * @returns the processors, in the order in which they must be registered
 * @throws TypeError if an option is unknown, of the wrong type, or contradicts another
 */
export function createLlmSpanProcessors(options: LlmSpanProcessorsOptions = {}): SpanProcessor[] {
  checkLlmSpanProcessorsOptions(options);
  const { cost, redaction, exporter } = options;
  const processors: SpanProcessor[] = [];
  if (cost !== false) processors.push(new LlmCostSpanProcessor(cost));
  if (redaction !== false) processors.push(new LlmRedactionSpanProcessor(redaction));
  if (exporter !== undefined) processors.push(new ExportingSpanProcessor(batching(exporter, options)));
  return processors;
}

/** Batches, behind a second redaction: another processor may add content after the first one has run. */
function batching(exporter: SpanExporter, { redaction, batching }: LlmSpanProcessorsOptions): SpanExporter {
  const guarded = (inner: SpanExporter) =>
    redaction === false ? inner : redactingSpanExporter(inner, redaction);
  // The guard goes inside if possible, so that its cost is outside the path of `span.end()`.
  return isBatching(exporter) ? guarded(exporter) : new BatchingSpanExporter(guarded(exporter), batching);
}
