import type { Tracer } from '@opentelemetry/api';
import { type CallMetrics, callMetrics } from './call-metrics.js';
import { type Conventions, resolveConventions } from './conventions.js';
import { type TelemetryOptions, tracerOf } from './options.js';
import { guard } from './reporter.js';

/** Where, and in which words, a call is recorded: the options, resolved. */
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
    // Anything but `true` is taken for no: content must not get out by a slip.
    captureContent: captureContent === true,
    metrics: meterProvider && guard('metrics could not be set up', () => callMetrics(meterProvider)),
  };
}
