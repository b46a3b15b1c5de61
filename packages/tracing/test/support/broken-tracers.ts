import { INVALID_SPAN_CONTEXT, type Span, type Tracer, type TracerProvider } from '@opentelemetry/api';

const fail = (): never => {
  throw new Error('broken telemetry');
};

/** Records, or says so, and throws at everything else. */
const brokenSpan: Span = {
  spanContext: () => INVALID_SPAN_CONTEXT,
  isRecording: () => true,
  setAttribute: fail,
  setAttributes: fail,
  addEvent: fail,
  addLink: fail,
  addLinks: fail,
  setStatus: fail,
  updateName: fail,
  recordException: fail,
  end: fail,
};

const tracer = (startSpan: Tracer['startSpan']): Tracer => ({ startSpan, startActiveSpan: fail });

/** Telemetry that fails in whatever way it can. */
export const brokenTracers: Record<
  string,
  { readonly tracer?: Tracer; readonly tracerProvider?: TracerProvider }
> = {
  'getTracer throws': { tracerProvider: { getTracer: fail } },
  'startSpan throws': { tracer: tracer(fail) },
  'startSpan gives nothing': { tracer: tracer(() => undefined as never) },
  'every method of the span throws': { tracer: tracer(() => brokenSpan) },
  'isRecording throws': { tracer: tracer(() => ({ ...brokenSpan, isRecording: fail, spanContext: fail })) },
};
