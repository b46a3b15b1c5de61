import {
  aBoolean,
  anArrayOf,
  anObjectWith,
  aString,
  type Check,
  checkOptions,
  oneOf,
} from '@llm-otel/common';
import {
  type MeterProvider,
  ProxyTracerProvider,
  type Tracer,
  type TracerProvider,
  trace,
} from '@opentelemetry/api';
import { conventionNames, type LlmConvention } from './conventions.js';
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

/** Where a call is recorded, in which words, and what of it. */
export interface TelemetryOptions extends TracerOptions {
  /**
   * Namespaces of the attributes: `llm` for the contract of this project, `gen_ai` for the OpenTelemetry GenAI
   * conventions, which most backends show natively.
   * @defaultValue `['llm']`
   */
  readonly conventions?: readonly LlmConvention[] | undefined;
  /**
   * Whether prompts, responses, system text and tool arguments are recorded, as far as the client is known. They
   * go to `gen_ai.input.messages`, `gen_ai.output.messages` and `gen_ai.system_instructions`, or, without that
   * convention, to `llm.prompt` and `llm.response`. The redaction processor removes them all the same.
   * @defaultValue `false`
   */
  readonly captureContent?: boolean | undefined;
  /**
   * Gives the meter for `gen_ai.client.operation.duration`, `gen_ai.client.operation.time_to_first_chunk` and
   * `gen_ai.client.token.usage`.
   * @defaultValue none: no metrics
   */
  readonly meterProvider?: MeterProvider | undefined;
}

/** How a client is wrapped. */
export interface WrapOptions extends TelemetryOptions {
  /**
   * Name of the provider, for a base URL that does not tell it.
   * @defaultValue from the host of the client's base URL; `openai` or `anthropic` for a host that is not known
   */
  readonly provider?: string | undefined;
}

/** How a client of the `openai` package is wrapped. */
export interface WrapOpenAIOptions extends WrapOptions {
  /**
   * Whether streams of chat completions and completions are asked for their usage (`stream_options.include_usage`),
   * where the request does not say. The application then sees what it did not ask for: a last chunk that has no
   * choices, and `usage: null` in the others.
   * @defaultValue `false`
   */
  readonly includeUsage?: boolean | undefined;
}

/** What an LLM call is. */
export interface LlmCallOptions extends TelemetryOptions {
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

export const telemetryChecks: { readonly [Name in keyof Required<TelemetryOptions>]: Check } = {
  tracer: anObjectWith('startSpan', 'a Tracer'),
  tracerProvider: anObjectWith('getTracer', 'a TracerProvider'),
  conventions: anArrayOf(oneOf(...conventionNames)),
  captureContent: aBoolean,
  meterProvider: anObjectWith('getMeter', 'a MeterProvider'),
};

/** @throws TypeError for an option that is not known or of the wrong type */
export function checkWrapOptions(owner: string, options: WrapOptions): void {
  checkOptions<WrapOptions>(owner, options, { ...telemetryChecks, provider: aString });
}

/** @throws TypeError for an option that is not known or of the wrong type */
export function checkWrapOpenAIOptions(owner: string, options: WrapOpenAIOptions): void {
  checkOptions<WrapOpenAIOptions>(owner, options, {
    ...telemetryChecks,
    provider: aString,
    includeUsage: aBoolean,
  });
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
