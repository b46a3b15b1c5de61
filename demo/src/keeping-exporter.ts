import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';

/** Passes spans on and keeps them, so that they can be shown even if they are sent to a foreign backend. */
export class KeepingExporter implements SpanExporter {
  readonly spans: ReadableSpan[] = [];
  readonly #exporter: SpanExporter;

  constructor(exporter: SpanExporter) {
    this.#exporter = exporter;
  }

  export(...[spans, done]: Parameters<SpanExporter['export']>): void {
    this.spans.push(...spans);
    this.#exporter.export(spans, done);
  }

  async forceFlush(): Promise<void> {
    await this.#exporter.forceFlush?.();
  }

  shutdown(): Promise<void> {
    return this.#exporter.shutdown();
  }
}
