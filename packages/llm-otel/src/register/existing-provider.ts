import type { Reporter } from '@llm-otel/common';
import { type TracerProvider, trace } from '@opentelemetry/api';
import type { SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { createLlmSpanProcessors } from '../create-llm-span-processors.js';
import type { Settings } from './settings.js';

/** The registered tracer provider; `undefined` if there is none. */
export function registeredProvider(): TracerProvider | undefined {
  const provider: unknown = trace.getTracerProvider();
  // The API's proxy, possibly of another copy of the API.
  const delegate = method(provider, 'getDelegate');
  if (delegate === undefined) return provider as TracerProvider;
  const isDelegating = method(provider, 'getDelegateTracer')?.('llm-otel') !== undefined;
  return isDelegating ? (delegate() as TracerProvider) : undefined;
}

/**
 * Adds pricing and redaction to another SDK's provider, in front of its own processors. There is no public way
 * to do that, but the SDKs from 1.30 to 3.1 keep their processors in a list that they iterate for each span.
 * Without that list, calls are still traced.
 */
export function addToProvider(
  provider: TracerProvider,
  { cost, redaction }: Pick<Settings, 'cost' | 'redaction'>,
  reporter: Reporter,
): void {
  const list = processorsOf(provider);
  if (list !== undefined) list.unshift(...createLlmSpanProcessors({ cost, redaction }));
  else
    reporter.warnOnce(
      'no processors can be added to the registered tracer provider: calls are traced, but neither priced nor ' +
        'redacted. Put createLlmSpanProcessors() of "llm-otel" into its spanProcessors.',
    );
}

function processorsOf(provider: unknown): SpanProcessor[] | undefined {
  const active = property(provider, '_activeSpanProcessor') ?? property(provider, 'activeSpanProcessor');
  const list = property(active, '_spanProcessors');
  return Array.isArray(list) && list.every((each) => method(each, 'onEnd') !== undefined) ? list : undefined;
}

function property(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function method(value: unknown, name: string): ((...args: unknown[]) => unknown) | undefined {
  const found = property(value, name);
  return typeof found === 'function' ? found.bind(value) : undefined;
}
