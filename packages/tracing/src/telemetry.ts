import type { Tracer } from '@opentelemetry/api';
import { type CallMetrics, callMetrics } from './call/call-metrics.js';
import { type Conventions, resolveConventions } from './conventions.js';
import { type TelemetryOptions, tracerOf } from './options.js';
import { guard } from './reporter.js';

/** The resolved options: where, and under which names, a call is recorded. */
export interface Telemetry {
  readonly tracer: () => Tracer;
  readonly conventions: Conventions;
  readonly captureContent: boolean;
  readonly metrics: CallMetrics | undefined;
}

export function telemetryOf(options: TelemetryOptions): Telemetry {
  const { conventions, captureContent, meterProvider } = options;
  return {
    tracer: tracerOf(options),
    conventions: resolveConventions(conventions),
    // Anything except `true` counts as no: content must not get out by mistake.
    captureContent: captureContent === true,
    metrics: meterProvider && guard('metrics could not be set up', () => callMetrics(meterProvider)),
  };
}
