import {
  INVALID_SPAN_CONTEXT,
  ProxyTracerProvider,
  type Span,
  type Tracer,
  type TracerProvider,
  trace,
} from '@opentelemetry/api';
import { field } from '../unknown-values.js';
import { activeCall } from './active-call.js';
import { EnrichingSpan } from './enriching-span.js';

/** Name of the client's own span of a message, of `messages` and `beta.messages` alike. */
const MESSAGE_SPAN = 'anthropic.messages.create';

const yielding = new WeakSet<TracerProvider>();

/**
 * The `openTelemetry` option for a copy of an Anthropic client, so that one call is one span. Instead of its own span for
 * a message, the client gets a stand-in, and what it records there goes to our span of the call. The stand-in has the
 * context of our span, which the client propagates like its own. Turning its tracing off would also have ended
 * propagation and the spans of its other calls.
 */
export function yieldingTelemetry(
  client: object,
  options: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const option = options.openTelemetry ?? field(client, 'openTelemetry');
  // Older clients have no such option; `false` turns tracing off.
  if (typeof option !== 'object' || option === null) return {};
  const inner = field(option, 'tracerProvider') as TracerProvider | undefined;
  if (inner !== undefined && yielding.has(inner)) return {};
  const tracerProvider: TracerProvider = {
    getTracer: (...scope) =>
      yieldingTracer((inner ?? trace.getTracerProvider()).getTracer(...scope), inner !== undefined),
  };
  yielding.add(tracerProvider);
  return { openTelemetry: { ...option, tracerProvider } };
}

/** @param hasProvider - whether the client was given a provider, rather than taking the registered one */
function yieldingTracer(inner: Tracer, hasProvider: boolean): Tracer {
  return {
    startSpan(name, options, context) {
      if (name !== MESSAGE_SPAN) return inner.startSpan(name, options, context);
      // Without a provider, the client's own span would record nothing, so there is nothing to record here either.
      return hasProvider || isProviderRegistered() ? new EnrichingSpan(options?.attributes) : standIn();
    },
    startActiveSpan: inner.startActiveSpan.bind(inner),
  };
}

/** The API's provider while none is registered. */
function noProvider(): TracerProvider {
  return new ProxyTracerProvider().getDelegate();
}

function isProviderRegistered(): boolean {
  const provider = trace.getTracerProvider();
  return !(provider instanceof ProxyTracerProvider) || provider.getDelegate() !== noProvider();
}

/** Records nothing, and has the context of the call that is active when it is first used, like `EnrichingSpan`. */
function standIn(): Span {
  return Object.assign(trace.wrapSpanContext(INVALID_SPAN_CONTEXT), {
    spanContext: () => activeCall()?.span.spanContext ?? INVALID_SPAN_CONTEXT,
  });
}
