import { INVALID_SPAN_CONTEXT, type Span, type Tracer, type TracerProvider, trace } from '@opentelemetry/api';
import { field } from '../json.js';
import { activeCall } from './active-call.js';

/** Name of the client's own span of a message, of `messages` and `beta.messages` alike. */
const MESSAGE_SPAN = 'anthropic.messages.create';

const yielding = new WeakSet<TracerProvider>();

/**
 * The `openTelemetry` option for a copy of an Anthropic client: one call is one span. Where the client would
 * start a span of its own for a message it gets a stand-in that records nothing and has the context of ours,
 * which it then propagates as it would its own. Turning its tracing off would have ended propagation, and the
 * spans of its other calls.
 */
export function yieldingTelemetry(
  client: object,
  options: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const option = options.openTelemetry ?? field(client, 'openTelemetry');
  // Older clients have no such option; `false` is no tracing.
  if (typeof option !== 'object' || option === null) return {};
  const inner = field(option, 'tracerProvider') as TracerProvider | undefined;
  if (inner !== undefined && yielding.has(inner)) return {};
  const tracerProvider: TracerProvider = {
    getTracer: (...scope) => yieldingTracer((inner ?? trace.getTracerProvider()).getTracer(...scope)),
  };
  yielding.add(tracerProvider);
  return { openTelemetry: { ...option, tracerProvider } };
}

function yieldingTracer(inner: Tracer): Tracer {
  return {
    startSpan: (name, ...rest) => (name === MESSAGE_SPAN ? standIn : inner.startSpan(name, ...rest)),
    startActiveSpan: inner.startActiveSpan.bind(inner),
  };
}

/**
 * Has the context of the call that is active when it is asked, and not when it is made: `stream()` takes its span
 * before it calls `create()`, which is where a call begins.
 */
const standIn: Span = Object.assign(trace.wrapSpanContext(INVALID_SPAN_CONTEXT), {
  spanContext: () => activeCall()?.span.spanContext ?? INVALID_SPAN_CONTEXT,
});
