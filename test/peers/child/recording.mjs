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
  #spans = [];
  #started = 0;
  #open = 0;

  onStart() {
    this.#started++;
    this.#open++;
  }

  onEnd(span) {
    this.#open--;
    this.#spans.push(toJson(span));
  }

  /** The ended spans in the order of their ends, and how many never ended; starts anew. */
  take() {
    const taken = { spans: this.#spans, started: this.#started, lost: this.#open };
    this.#spans = [];
    this.#started = 0;
    this.#open = 0;
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
    events: span.events.map(({ name, attributes = {}, time }) => ({ name, attributes: { ...attributes }, time })),
    links: span.links.map(({ context, attributes = {} }) => ({ context, attributes: { ...attributes } })),
    instrumentationScope: { name: span.instrumentationScope.name, version: span.instrumentationScope.version },
    resource: { attributes: { ...span.resource.attributes } },
  };
}
