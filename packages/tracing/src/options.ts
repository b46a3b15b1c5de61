import { aBoolean, anArrayOf, anObject, anObjectWith, aString, type Check, oneOf } from '@llm-otel/common';
import type { MeterProvider, Tracer, TracerProvider } from '@opentelemetry/api';
import { conventionNames, type LlmConvention } from './conventions.js';

/** Which tracer creates the spans. */
export interface TracerOptions {
  /**
   * Creates the spans, with an instrumentation scope of your own.
   * @defaultValue a tracer named `@llm-otel/tracing` from `tracerProvider`
   */
  readonly tracer?: Tracer | undefined;
  /**
   * Provides the tracer.
   * @defaultValue the provider registered with `@opentelemetry/api`
   */
  readonly tracerProvider?: TracerProvider | undefined;
}

/** Where a call is recorded, under which names, and how much of it. */
export interface TelemetryOptions extends TracerOptions {
  /**
   * Attribute namespaces: `llm` for the contract of this project, `gen_ai` for the OpenTelemetry GenAI conventions, which
   * most backends display natively.
   * @defaultValue `['llm']`
   */
  readonly conventions?: readonly LlmConvention[] | undefined;
  /**
   * Whether prompts, responses, system prompts and tool arguments are recorded. They go to `gen_ai.input.messages`,
   * `gen_ai.output.messages` and `gen_ai.system_instructions`, or, without the convention `gen_ai`, to `llm.prompt` and
   * `llm.response`. The redaction processor still removes them.
   * @defaultValue `false`
   */
  readonly captureContent?: boolean | undefined;
  /**
   * Provides the meter for `gen_ai.client.operation.duration`, `gen_ai.client.operation.time_to_first_chunk` and
   * `gen_ai.client.token.usage`.
   * @defaultValue no metrics
   */
  readonly meterProvider?: MeterProvider | undefined;
}

/** Options of `wrapAnthropic`, and common options of both wrappers. */
export interface WrapOptions extends TelemetryOptions {
  /**
   * Name of the provider (`llm.provider`).
   * @defaultValue from the host of the client's base URL; `openai` or `anthropic` for an unknown host
   */
  readonly provider?: string | undefined;
}

/** Options of `wrapOpenAI`. */
export interface WrapOpenAIOptions extends WrapOptions {
  /**
   * Whether streams of chat completions and completions are asked for their usage (`stream_options.include_usage`) if
   * the request does not say. The application then also sees a last chunk without choices, and `usage: null` in the
   * other chunks.
   * @defaultValue `false`
   */
  readonly includeUsage?: boolean | undefined;
}

/** A further option of `instrumentOpenAI` and `instrumentAnthropic`, which trace clients of any number of hosts. */
export interface ProvidersOption {
  /**
   * Names of providers (`llm.provider`) by the host of the base URL: `vllm.internal`, `localhost:8000`, or `.example.com`
   * for all hosts of a domain. The first that fits counts; they go before the hosts that are known anyway.
   * @defaultValue none
   */
  readonly providersByHost?: Readonly<Record<string, string>> | undefined;
}

/** Options of `traceLlmCall`. */
export interface LlmCallOptions extends TelemetryOptions {
  /** Name of the provider, for example `openai`. */
  readonly provider: string;
  /** Requested model, for example `gpt-4o`. */
  readonly model: string;
  /**
   * Operation, with the values of `gen_ai.operation.name` in the OpenTelemetry GenAI conventions: `chat`,
   * `text_completion`, `generate_content`, `embeddings` …
   * @defaultValue `chat`
   */
  readonly operation?: string | undefined;
}

type Checks<Options> = { readonly [Name in keyof Required<Options>]: Check };

export const telemetryChecks: Checks<TelemetryOptions> = {
  tracer: anObjectWith('startSpan', 'a Tracer'),
  tracerProvider: anObjectWith('getTracer', 'a TracerProvider'),
  conventions: anArrayOf(oneOf(...conventionNames)),
  captureContent: aBoolean,
  meterProvider: anObjectWith('getMeter', 'a MeterProvider'),
};

export const wrapChecks: Checks<WrapOptions> = { ...telemetryChecks, provider: aString };
export const wrapOpenAIChecks: Checks<WrapOpenAIOptions> = { ...wrapChecks, includeUsage: aBoolean };
export const providersChecks: Checks<ProvidersOption> = { providersByHost: anObject };
