import type { Attributes, Tracer, TracerProvider } from '@opentelemetry/api';
import { resourceFromAttributes } from '@opentelemetry/resources';
import type { Sampler, SpanExporter, SpanLimits, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import * as sdk2 from '@opentelemetry/sdk-trace-base';
import * as sdk1 from 'sdk-trace-1';
import * as sdk3 from 'sdk-trace-3';

/** How a provider is created, on any release line. */
export interface SdkProviderOptions {
  readonly spanProcessors: readonly SpanProcessor[];
  readonly spanLimits?: SpanLimits;
  readonly sampler?: Sampler;
  /** Attributes of the resource. */
  readonly resource?: Attributes;
}

/** A tracer provider of any release line. */
export interface SdkProvider extends TracerProvider {
  getTracer(name: string, version?: string): Tracer;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

/** The options of the stock batch processor that all lines share. */
export interface BatchProcessorOptions {
  readonly maxQueueSize?: number;
  readonly maxExportBatchSize?: number;
  readonly scheduledDelayMillis?: number;
  readonly exportTimeoutMillis?: number;
}

/** One line of the OpenTelemetry SDK, behind the types of the 2.x line. */
export interface SdkLine {
  readonly name: '1.30' | '2.12' | '3.1';
  /** Whether its spans call `onEnding`, in which attributes can still be set. */
  readonly hasOnEnding: boolean;
  /** Whether span attributes may be maps, mixed arrays or bytes. */
  readonly hasAnyValueAttributes: boolean;
  createProvider(options: SdkProviderOptions): SdkProvider;
  /** The line's own `SimpleSpanProcessor`. */
  simpleProcessor(exporter: SpanExporter): SpanProcessor;
  /** The line's own `BatchSpanProcessor`. */
  batchProcessor(exporter: SpanExporter, options?: BatchProcessorOptions): SpanProcessor;
}

/**
 * The only place where types of different release lines meet. They differ in what our code must not depend on (1.30:
 * `parentSpanId`, `instrumentationLibrary`; 3.1: attributes of any value), and the tests that run on all lines check that it
 * does not: hence this cast.
 */
function ofOtherLine<T>(value: unknown): T {
  return value as T;
}

const line1: SdkLine = {
  name: '1.30',
  hasOnEnding: false,
  hasAnyValueAttributes: false,
  createProvider: ({ resource, ...options }) =>
    new sdk1.BasicTracerProvider(
      // 1.30 wants its own Resource class, but takes only `attributes` from it.
      ofOtherLine({ ...options, ...(resource && { resource: { attributes: resource } }) }),
    ),
  simpleProcessor: (exporter) => ofOtherLine(new sdk1.SimpleSpanProcessor(ofOtherLine(exporter))),
  batchProcessor: (exporter, options) =>
    ofOtherLine(new sdk1.BatchSpanProcessor(ofOtherLine(exporter), options)),
};

const line2: SdkLine = {
  name: '2.12',
  hasOnEnding: true,
  hasAnyValueAttributes: false,
  createProvider: ({ spanProcessors, resource, ...options }) =>
    new sdk2.BasicTracerProvider({
      ...options,
      spanProcessors: [...spanProcessors],
      ...(resource && { resource: resourceFromAttributes(resource) }),
    }),
  simpleProcessor: (exporter) => new sdk2.SimpleSpanProcessor(exporter),
  batchProcessor: (exporter, options) => new sdk2.BatchSpanProcessor(exporter, options),
};

const line3: SdkLine = {
  name: '3.1',
  hasOnEnding: true,
  hasAnyValueAttributes: true,
  createProvider: ({ resource, ...options }) =>
    new sdk3.TracerProvider(
      ofOtherLine({ ...options, ...(resource && { resource: resourceFromAttributes(resource) }) }),
    ),
  simpleProcessor: (exporter) =>
    ofOtherLine(new sdk3.SimpleSpanProcessor({ exporter: ofOtherLine(exporter) })),
  batchProcessor: (exporter, options) =>
    ofOtherLine(new sdk3.BatchSpanProcessor({ exporter: ofOtherLine(exporter), ...options })),
};

/** The lines that users have: the last of 1.x, the last that runs on Node 20, and the current one. */
export const sdkLines: readonly SdkLine[] = [line1, line2, line3];

/** The line the published packages are developed against. */
export const defaultSdkLine: SdkLine = line2;
