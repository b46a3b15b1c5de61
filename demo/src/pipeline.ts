import { context, type Tracer, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, type SpanExporter } from '@opentelemetry/sdk-trace-base';
import { BatchingSpanExporter, type BatchingStats, createLlmSpanProcessors } from 'llm-otel';

export interface Pipeline {
  readonly tracer: Tracer;
  /** Sends what is queued, shuts everything down, and returns the exporter's ledger. */
  shutdown(): Promise<BatchingStats>;
}

/** The set-up of an application: its own tracer provider, with our processors in it. */
export function startPipeline(destination: SpanExporter, options: { redaction: boolean }): Pipeline {
  const exporter = new BatchingSpanExporter(destination);
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'llm-otel-demo' }),
    spanProcessors: createLlmSpanProcessors({
      exporter,
      redaction: options.redaction && { summary: 'counts' },
    }),
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
  return {
    tracer: provider.getTracer('llm-otel-demo'),
    async shutdown() {
      await provider.shutdown();
      trace.disable();
      context.disable();
      return exporter.stats();
    },
  };
}
