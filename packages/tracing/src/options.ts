import { anObjectWith, aString, type Check, checkOptions } from '@llm-otel/common';
import { ProxyTracerProvider, type Tracer, type TracerProvider, trace } from '@opentelemetry/api';
import { VERSION } from './version.js';

/** Where spans go. */
export interface TracerOptions {
  /**
   * Makes the spans, under a scope of your own.
   * @defaultValue a tracer named `@llm-otel/tracing` from `tracerProvider`
   */
  readonly tracer?: Tracer | undefined;
  /**
   * Gives the tracer.
   * @defaultValue the provider registered with `@opentelemetry/api`
   */
  readonly tracerProvider?: TracerProvider | undefined;
}

/** How a client is wrapped. */
export interface WrapOptions extends TracerOptions {
  /**
   * Name of the provider, for a base URL that does not tell it.
   * @defaultValue from the host of the client's base URL; `openai` or `anthropic` for a host that is not known
   */
  readonly provider?: string | undefined;
}

/** What an LLM call is. */
export interface LlmCallOptions extends TracerOptions {
  /** Name of the provider, for example `openai`. */
  readonly provider: string;
  /** Model as requested, for example `gpt-4o`. */
  readonly model: string;
  /**
   * What is done, as `gen_ai.operation.name` of the OpenTelemetry GenAI conventions has it: `chat`,
   * `text_completion`, `generate_content`, `embeddings` …
   * @defaultValue `chat`
   */
  readonly operation?: string | undefined;
}

const checks: { readonly [Name in keyof Required<WrapOptions>]: Check } = {
  tracer: anObjectWith('startSpan', 'a Tracer'),
  tracerProvider: anObjectWith('getTracer', 'a TracerProvider'),
  provider: aString,
};

/** @throws TypeError for an option that is not known or of the wrong type */
export function checkWrapOptions(owner: string, options: WrapOptions): void {
  checkOptions<WrapOptions>(owner, options, checks);
}

/** Finds the tracer when it is needed: an application may register its provider after it has wrapped its clients. */
export function tracerOf(options: TracerOptions): () => Tracer {
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
  // The proxy stays the same whoever is registered.
  return provider instanceof ProxyTracerProvider ? provider.getDelegate() : provider;
}
