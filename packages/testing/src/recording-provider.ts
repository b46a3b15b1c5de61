import { type Attributes, type Tracer, trace } from '@opentelemetry/api';
import type { ReadableSpan, Sampler, SpanLimits, SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { installContextManager } from './context-manager.js';
import { processorWith } from './processor-with.js';
import { defaultSdkLine, type SdkLine } from './sdk-lines.js';

/** How a {@link RecordingProvider} is made. */
export interface RecordingProviderOptions {
  /** @defaultValue SDK 2.12 */
  readonly sdk?: SdkLine;
  readonly spanLimits?: SpanLimits;
  /** @defaultValue the SDK's own: everything is sampled */
  readonly sampler?: Sampler;
  /** Attributes of the resource. */
  readonly resource?: Attributes;
}

/** A real tracer provider that keeps its ended spans. */
export interface RecordingProvider {
  readonly tracer: Tracer;
  getTracer(name: string, version?: string): Tracer;
  /** Ended spans as a processor registered last is given them, spans that are recorded only included. */
  readonly spans: ReadableSpan[];
  /**
   * Makes it the global provider and installs a context manager.
   *
   * @returns undoes both
   * @throws Error if a global one is already there
   */
  register(): () => void;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

/** Starts a real provider of an SDK line with the given processors and, after them, a recorder. */
export function recordingProvider(
  processors: readonly SpanProcessor[] = [],
  options: RecordingProviderOptions = {},
): RecordingProvider {
  const { sdk = defaultSdkLine, ...rest } = options;
  const spans: ReadableSpan[] = [];
  const recorder = processorWith({ onEnd: (span) => void spans.push(span) });
  const provider = sdk.createProvider({ ...rest, spanProcessors: [...processors, recorder] });
  return {
    tracer: provider.getTracer('test'),
    getTracer: (name, version) => provider.getTracer(name, version),
    spans,
    register: () => {
      const uninstallContextManager = installContextManager();
      if (!trace.setGlobalTracerProvider(provider)) {
        uninstallContextManager();
        throw new Error('There is a global tracer provider already: undo its registration first.');
      }
      return () => {
        trace.disable();
        uninstallContextManager();
      };
    },
    forceFlush: () => provider.forceFlush(),
    shutdown: () => provider.shutdown(),
  };
}
