import { BatchingSpanExporter, OtlpBatchingSpanExporter } from '@llm-otel/batching-exporter';
import type { Tracer } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  NoopSpanProcessor,
  type SpanExporter,
  type SpanProcessor,
} from '@opentelemetry/sdk-trace-base';

/** What the queues may hold; the defaults where not given. */
export interface QueueBounds {
  readonly maxSpans?: number;
  readonly maxBytes?: number;
}

/** What is compared: nothing at all, the stock pair, and ours with its exporter and with our own. */
const processors = {
  control: () => new NoopSpanProcessor(),
  stock: (url, { maxSpans }) =>
    new BatchSpanProcessor(new OTLPTraceExporter({ url }), maxSpans ? { maxQueueSize: maxSpans } : {}),
  generic: (url, queue) => handOver(new BatchingSpanExporter(new OTLPTraceExporter({ url }), { queue })),
  fast: (url, queue) => handOver(new OtlpBatchingSpanExporter({ url, queue })),
} satisfies Record<string, (url: string, queue: QueueBounds) => SpanProcessor>;

export type Setup = keyof typeof processors;
export const setups = Object.keys(processors) as Setup[];

export function createProvider(setup: Setup, url: string, queue: QueueBounds = {}): BasicTracerProvider {
  return new BasicTracerProvider({ spanProcessors: [processors[setup](url, queue)] });
}

/** As `createLlmSpanProcessors` does it: what ends goes straight to the exporter. */
export function handOver(exporter: SpanExporter): SpanProcessor {
  const ignore = () => undefined;
  return {
    onStart: ignore,
    onEnd: (span) => exporter.export([span], ignore),
    forceFlush: async () => exporter.forceFlush?.(),
    shutdown: () => exporter.shutdown(),
  };
}

/** Different texts, so that no cache of one string flatters anybody. */
export function contentsOf(kibibytes: number): string[] {
  return Array.from({ length: 64 }, (_, at) => {
    const text = `${at} lorem ipsum `.repeat(kibibytes * 100).slice(0, kibibytes * 1_024);
    // As text is that was received or put together: one flat piece.
    return Buffer.from(text).toString();
  });
}

export function llmSpan(tracer: Tracer, i: number, content: string | undefined): void {
  const span = tracer.startSpan('chat gpt-4o');
  span.setAttribute('llm.model', 'gpt-4o');
  span.setAttribute('llm.provider', 'openai');
  span.setAttribute('llm.latency_ms', 412.5);
  span.setAttribute('llm.success', true);
  span.setAttribute('llm.tokens.input', 1_000 + i);
  span.setAttribute('llm.tokens.output', 50);
  span.setAttribute('llm.tokens.total', 1_050 + i);
  span.setAttribute('llm.cost_usd', 0.0123);
  span.setAttribute('llm.stop_reason', 'stop');
  span.setAttribute('llm.streaming', false);
  if (content !== undefined) span.setAttribute('llm.prompt', content);
  span.end();
}
