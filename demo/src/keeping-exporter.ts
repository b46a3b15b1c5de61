import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';

/** Passes spans on and keeps them, so that they can be shown even if they are sent to a foreign backend. */
export class KeepingExporter implements SpanExporter {
  /** By id: what is sent again is the same span. */
  readonly #spans = new Map<string, ReadableSpan>();
  readonly #exporter: SpanExporter;
  #error: Error | undefined;

  constructor(exporter: SpanExporter) {
    this.#exporter = exporter;
  }

  get spans(): readonly ReadableSpan[] {
    return [...this.#spans.values()];
  }

  /** The latest error, if there was one. */
  get error(): Error | undefined {
    return this.#error;
  }

  export(...[spans, done]: Parameters<SpanExporter['export']>): void {
    for (const span of spans) this.#spans.set(span.spanContext().spanId, span);
    this.#exporter.export(spans, (result) => {
      this.#error = result.error ?? this.#error;
      done(result);
    });
  }

  async forceFlush(): Promise<void> {
    await this.#exporter.forceFlush?.();
  }

  shutdown(): Promise<void> {
    return this.#exporter.shutdown();
  }
}
