import { BatchingSpanExporter } from '@llm-otel/batching-exporter';
import { LlmCostSpanProcessor } from '@llm-otel/cost-span-processor';
import { LlmRedactionSpanProcessor, redactingSpanExporter } from '@llm-otel/redaction-span-processor';
import type { SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { ExportingSpanProcessor } from './exporting-span-processor.js';
import { checkLlmSpanProcessorsOptions, isBatching, type LlmSpanProcessorsOptions } from './options.js';

/**
 * The processors that price LLM spans, strip them of content and, given an exporter, ship them: for the
 * `spanProcessors` of a tracer provider, in the order in which they must be registered.
 *
 * @throws TypeError when an option is unknown, of the wrong type, or contradicts another.
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

/** Batches, behind a second wall: another processor may add content after redaction has run. */
function batching(exporter: SpanExporter, { redaction, batching }: LlmSpanProcessorsOptions): SpanExporter {
  const guarded = (inner: SpanExporter) =>
    redaction === false ? inner : redactingSpanExporter(inner, redaction);
  // The guard goes inside where it can, so that what it costs is off the path of `span.end()`.
  return isBatching(exporter) ? guarded(exporter) : new BatchingSpanExporter(guarded(exporter), batching);
}
