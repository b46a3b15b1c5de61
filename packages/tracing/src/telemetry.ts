import { ProxyTracerProvider, type Tracer, type TracerProvider, trace } from '@opentelemetry/api';
import { type CallMetrics, callMetrics } from './call/call-metrics.js';
import { type Conventions, resolveConventions } from './conventions.js';
import type { TelemetryOptions, TracerOptions } from './options.js';
import { guard } from './reporter.js';
import { VERSION } from './version.js';

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

/** Looks up the tracer when it is needed: an application may register its provider after it has wrapped its clients. */
function tracerOf(options: TracerOptions): () => Tracer {
  if (options.tracer !== undefined) {
    const { tracer } = options;
    return () => tracer;
  }
  let from: TracerProvider | undefined;
  let tracer: Tracer | undefined;
  return () => {
    const provider = options.tracerProvider ?? registeredProvider();
    if (tracer === undefined || provider !== from) {
      tracer = provider.getTracer('@llm-otel/tracing', VERSION);
      from = provider;
    }
    return tracer;
  };
}

function registeredProvider(): TracerProvider {
  const provider = trace.getTracerProvider();
  // The proxy stays the same, whichever provider is registered.
  return provider instanceof ProxyTracerProvider ? provider.getDelegate() : provider;
}
