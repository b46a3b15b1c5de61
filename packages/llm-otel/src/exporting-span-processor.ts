import { TraceFlags } from '@opentelemetry/api';
import type { ReadableSpan, SpanExporter, SpanProcessor } from '@opentelemetry/sdk-trace-base';

/**
 * Hands every sampled span to the exporter as the span ends. It replaces the SDK's own processors, which can't be
 * imported at run time, and leaves queueing, batching and retrying to the exporter.
 */
export class ExportingSpanProcessor implements SpanProcessor {
  readonly #exporter: SpanExporter;

  constructor(exporter: SpanExporter) {
    this.#exporter = exporter;
  }

  onStart(): void {}

  onEnd(span: ReadableSpan): void {
    if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) === 0) return;
    this.#exporter.export([span], ignoreResult);
  }

  async forceFlush(): Promise<void> {
    await this.#exporter.forceFlush?.();
  }

  shutdown(): Promise<void> {
    return this.#exporter.shutdown();
  }
}

// The batching exporter keeps its own ledger: the callback only says that it accepted the span.
function ignoreResult(): void {}
