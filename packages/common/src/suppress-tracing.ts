import { context } from '@opentelemetry/api';

// The key of `suppressTracing` in @opentelemetry/core of every version: keys are `Symbol.for(description)`.
// The package itself is not imported, because no version of it accepts the API of both SDK 2.x and 3.x.
const SUPPRESS_TRACING = Symbol.for('OpenTelemetry SDK Context Key SUPPRESS_TRACING');

/** Runs `fn` with tracing suppressed, so that an exporter's own requests create no spans. @returns what `fn` returns */
export function withTracingSuppressed<T>(fn: () => T): T {
  return context.with(context.active().setValue(SUPPRESS_TRACING, true), fn);
}
