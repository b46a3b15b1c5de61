import { BatchingSpanExporter, OtlpBatchingSpanExporter } from '@llm-otel/batching-exporter';
import { context, propagation, type TracerProvider, trace } from '@opentelemetry/api';
import type { SpanExporter } from '@opentelemetry/sdk-trace';
import { createLlmSpanProcessors } from '../create-llm-span-processors.js';
import type { SamplerSetting, Settings } from './settings.js';

const INSTALL =
  'npm install @opentelemetry/api @opentelemetry/sdk-trace @opentelemetry/context-async-hooks ' +
  '@opentelemetry/core @opentelemetry/resources';

/**
 * Creates a tracer provider with the whole pipeline, and registers it. The SDK is loaded only here: the application
 * chooses its version, and an application with its own provider never gets here.
 *
 * @throws Error that says what to install
 */
export function startProvider(settings: Settings): void {
  const sdk = load<typeof import('@opentelemetry/sdk-trace')>('@opentelemetry/sdk-trace');
  const { AsyncLocalStorageContextManager } = load<typeof import('@opentelemetry/context-async-hooks')>(
    '@opentelemetry/context-async-hooks',
  );
  const provider = new sdk.TracerProvider({
    sampler: samplerOf(settings.sampler, sdk),
    spanLimits: settings.spanLimits,
    resource: resourceOf(settings),
    spanProcessors: createLlmSpanProcessors({
      cost: settings.cost,
      redaction: settings.redaction,
      exporter: exporterOf(settings, sdk),
    }),
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  setPropagators(settings);
  trace.setGlobalTracerProvider(provider as TracerProvider);
}

function resourceOf({ resourceDetectors }: Settings) {
  const resources = load<typeof import('@opentelemetry/resources')>('@opentelemetry/resources');
  const { defaultResource, detectResources } = resources;
  // The SDK may have a newer one of its own.
  if (defaultResource === undefined)
    throw new Error(`@opentelemetry/resources is older than 2.0. Install a newer one: ${INSTALL}`);
  const detectors = {
    host: resources.hostDetector,
    os: resources.osDetector,
    process: resources.processDetector,
    serviceinstance: resources.serviceInstanceIdDetector,
    env: resources.envDetector,
  };
  const detected = detectResources({ detectors: resourceDetectors.map((name) => detectors[name]) });
  return defaultResource().merge(detected);
}

function exporterOf(
  { exporter, batching, storageDirectory }: Settings,
  sdk: typeof import('@opentelemetry/sdk-trace'),
): SpanExporter {
  const storage = storageDirectory === undefined ? undefined : { directory: storageDirectory };
  const options = { ...batching, flushOnExit: true, storage };
  return exporter === 'console'
    ? new BatchingSpanExporter(new sdk.ConsoleSpanExporter(), options)
    : new OtlpBatchingSpanExporter(options);
}

function samplerOf({ parentBased, ratio }: SamplerSetting, sdk: typeof import('@opentelemetry/sdk-trace')) {
  const root = new sdk.TraceIdRatioBasedSampler(ratio);
  return parentBased ? new sdk.ParentBasedSampler({ root }) : root;
}

function setPropagators({ propagators }: Settings): void {
  const { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } =
    load<typeof import('@opentelemetry/core')>('@opentelemetry/core');
  const classes = { tracecontext: W3CTraceContextPropagator, baggage: W3CBaggagePropagator };
  propagation.setGlobalPropagator(
    new CompositePropagator({ propagators: propagators.map((name) => new classes[name]()) }),
  );
}

function load<T>(name: string): T {
  try {
    return require(name);
  } catch (error) {
    throw new Error(
      `${name} could not be loaded (${(error as Error).message.split('\n')[0]}). Install it: ${INSTALL}`,
    );
  }
}
