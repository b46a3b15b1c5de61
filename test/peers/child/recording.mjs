import { load } from './load.mjs';

/** A tracer provider that keeps every ended span, as the processors registered before have left it. */
export function recordingProvider(processors) {
  const { context, trace } = load('@opentelemetry/api');
  const { AsyncLocalStorageContextManager } = load('@opentelemetry/context-async-hooks');
  const { resourceFromAttributes } = load('@opentelemetry/resources');
  const { BasicTracerProvider } = load('@opentelemetry/sdk-trace-base');
  const recorder = new SpanRecorder();
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'peers' }),
    spanProcessors: [...processors, recorder],
    forceFlushTimeoutMillis: 5000,
  });
  trace.setGlobalTracerProvider(provider);
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  return { provider, recorder };
}

class SpanRecorder {
  #ended = [];
  /** Spans that have not ended, with how they started. */
  #open = new Map();
  #sequence = 0;

  onStart(span) {
    this.#open.set(span, { startedAt: this.#sequence++, startedWith: Object.keys(span.attributes) });
  }

  onEnd(span) {
    this.#ended.push({ ...toJson(span), ...this.#open.get(span), endedAt: this.#sequence++ });
    this.#open.delete(span);
  }

  /** The spans in the order of their ends, and those that never ended; starts anew. */
  take() {
    const lost = [...this.#open].map(([span, start]) => ({ ...toJson(span), ...start }));
    const taken = { spans: this.#ended, lost };
    this.#ended = [];
    this.#open.clear();
    this.#sequence = 0;
    return taken;
  }

  async forceFlush() {}
  async shutdown() {}
}

function toJson(span) {
  const { traceId, spanId } = span.spanContext();
  return {
    name: span.name,
    kind: span.kind,
    traceId,
    spanId,
    parentSpanId: span.parentSpanContext?.spanId,
    startTime: span.startTime,
    endTime: span.endTime,
    status: span.status,
    attributes: structuredClone(span.attributes),
    events: span.events.map(({ name, attributes = {}, time }) => ({
      name,
      attributes: { ...attributes },
      time,
    })),
    links: span.links.map(({ context, attributes = {} }) => ({ context, attributes: { ...attributes } })),
    instrumentationScope: {
      name: span.instrumentationScope.name,
      version: span.instrumentationScope.version,
    },
    resource: { attributes: { ...span.resource.attributes } },
  };
}
