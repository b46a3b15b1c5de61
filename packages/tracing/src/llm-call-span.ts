import {
  ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK,
  ATTR_LLM_CHUNKS,
  ATTR_LLM_ERROR_MESSAGE,
  ATTR_LLM_ERROR_RETRY_AFTER,
  ATTR_LLM_ERROR_STATUS,
  ATTR_LLM_ERROR_TYPE,
  ATTR_LLM_LATENCY_MS,
  ATTR_LLM_RETRY_COUNT,
  ATTR_LLM_SUCCESS,
  ATTR_LLM_TTFT_MS,
  toTokenCount,
} from '@llm-otel/semantic-conventions';
import {
  type Attributes,
  type Context,
  context,
  INVALID_SPAN_CONTEXT,
  type Span,
  type SpanContext,
  SpanKind,
  type SpanOptions,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { ATTR_ERROR_TYPE } from '@opentelemetry/semantic-conventions';
import { classifyError, type LlmError } from './classify-error.js';
import { setRequestContent, setResponseContent } from './content/set-content.js';
import { asString } from './json.js';
import type {
  LlmCallRecorder,
  LlmChunkInfo,
  LlmRequestInfo,
  LlmResponseInfo,
  LlmRetryInfo,
  LlmUsageInfo,
} from './llm-call-recorder.js';
import { guard } from './reporter.js';
import { recordRetryEvent } from './retry-event.js';
import { setServiceTier } from './service-tier.js';
import { setIdentity, setRequest, setResponse, setUsage } from './set-attributes.js';
import type { Telemetry } from './telemetry.js';

/** What an LLM call is, before anything of it is known. */
export interface LlmCallIdentity {
  readonly telemetry: Telemetry;
  readonly provider: string;
  readonly operation: string;
}

/**
 * The span of one LLM call: takes what becomes known, writes it when the call ends, ends once. A tracer
 * that is broken leaves a span that records nothing.
 */
export class LlmCallSpan implements LlmCallRecorder {
  /** The context in which the span is the active one. */
  readonly context: Context;
  readonly #span: Span;
  readonly #identity: LlmCallIdentity;
  readonly #startedAt: number;
  #lastActivityAt: number;
  readonly #attributes: Attributes = {};
  #ended = false;
  #retries = 0;
  #chunks = 0;
  #firstChunkAt: number | undefined;
  #firstContentAt: number | undefined;
  #requestModel: string | undefined;
  #responseModel: string | undefined;
  #inputTokens: number | undefined;
  #outputTokens: number | undefined;
  #error: LlmError | undefined;

  /** @param startedAt - on the clock of `performance.now()`, for a call that is recorded later; else it starts now */
  constructor(
    identity: LlmCallIdentity,
    request: LlmRequestInfo,
    parent: Context = context.active(),
    startedAt?: number,
  ) {
    this.#startedAt = startedAt ?? performance.now();
    this.#lastActivityAt = this.#startedAt;
    this.#identity = identity;
    this.#requestModel = asString(request?.model);
    this.#span =
      guard('a span could not be started', () => startSpan(identity, request, parent, startedAt)) ??
      trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
    this.context = trace.setSpan(parent, this.#span);
    if (identity.telemetry.captureContent) this.#recordRequestContent(request);
  }

  /** Whether anything comes of what is recorded. A span that is not sampled has metrics all the same. */
  get isRecording(): boolean {
    if (this.#identity.telemetry.metrics !== undefined) return true;
    return guard('a span could not be asked', () => this.#span.isRecording()) ?? false;
  }

  get chunks(): number {
    return this.#chunks;
  }

  get spanContext(): SpanContext {
    return guard('a span could not be asked', () => this.#span.spanContext()) ?? INVALID_SPAN_CONTEXT;
  }

  recordRequest(request: LlmRequestInfo): void {
    const { provider, telemetry } = this.#identity;
    const { conventions, captureContent } = telemetry;
    guard('a request could not be recorded', () => {
      setRequest(this.#attributes, request, conventions);
      setServiceTier(this.#attributes, 'request', request.serviceTier, provider, conventions);
      this.#requestModel = asString(request.model) ?? this.#requestModel;
    });
    if (captureContent) this.#recordRequestContent(request);
  }

  #recordRequestContent(request: LlmRequestInfo): void {
    guard('a prompt could not be recorded', () =>
      setRequestContent(this.#attributes, request, this.#identity.telemetry.conventions.genAi),
    );
  }

  recordUsage(usage: LlmUsageInfo): void {
    guard('a usage could not be recorded', () => {
      setUsage(this.#attributes, usage, this.#identity.telemetry.conventions);
      this.#inputTokens = toTokenCount(usage.inputTokens) ?? this.#inputTokens;
      this.#outputTokens = toTokenCount(usage.outputTokens) ?? this.#outputTokens;
    });
  }

  recordResponse(response: LlmResponseInfo): void {
    const { provider, telemetry } = this.#identity;
    const { conventions, captureContent } = telemetry;
    guard('a response could not be recorded', () => {
      setResponse(this.#attributes, response, conventions);
      setServiceTier(this.#attributes, 'response', response.serviceTier, provider, conventions);
      this.#responseModel = asString(response.model) ?? this.#responseModel;
    });
    if (captureContent)
      guard('a response could not be recorded', () =>
        setResponseContent(this.#attributes, response, conventions.genAi),
      );
  }

  recordChunk(chunk?: LlmChunkInfo): void {
    this.countChunk(chunk?.content !== false);
  }

  /** `recordChunk` without an object for each. */
  countChunk(content: boolean): void {
    this.#lastActivityAt = performance.now();
    if (this.#chunks++ === 0) this.#firstChunkAt = this.#lastActivityAt;
    if (content) this.#firstContentAt ??= this.#lastActivityAt;
  }

  recordRetry(retry: LlmRetryInfo = {}): void {
    if (this.#ended) return;
    this.#retries++;
    guard('a retry could not be recorded', () => recordRetryEvent(this.#span, this.#retries, retry));
  }

  recordError(error: unknown): void {
    this.#error ??= guard('an error could not be classified', () => classifyError(error)) ?? {
      type: 'unknown',
    };
  }

  /** Puts attributes on the span that somebody else knows; those of ours have the last word. */
  enrich(attributes: Attributes): void {
    if (!this.#ended) guard('a span could not be enriched', () => this.#span.setAttributes(attributes));
  }

  /** Notes that the call is still alive now, for the end of a call that is then abandoned; answers when that is. */
  recordActivity(): number {
    this.#lastActivityAt = performance.now();
    return this.#lastActivityAt;
  }

  /**
   * Ends the span now. A stream that went well lasted to its last chunk, however long the application took over it.
   *
   * @param endedAt - on the clock of `performance.now()`, for a call that ended before
   */
  end(endedAt?: number): void {
    if (this.#ended) return;
    const lastedUntil =
      this.#chunks > 0 && this.#error === undefined ? this.#lastActivityAt : performance.now();
    this.#end(endedAt ?? lastedUntil, endedAt);
  }

  /** Ends the span of a call that nobody looks at any more, as of the last that was heard of it. */
  endAbandoned(): void {
    if (!this.#ended) this.#end(this.#lastActivityAt, this.#lastActivityAt);
  }

  #end(lastedUntil: number, endTime: number | undefined): void {
    this.#ended = true;
    const durationMillis = this.#millisUntil(lastedUntil);
    guard('a span could not be written', () => {
      this.#writeOutcome(durationMillis);
      this.#span.setAttributes(this.#attributes);
    });
    guard('a span could not be ended', () => this.#span.end(endTime));
    guard('metrics could not be recorded', () => this.#recordMetrics(durationMillis));
  }

  #writeOutcome(durationMillis: number): void {
    const attributes = this.#attributes;
    const { llm, genAi } = this.#identity.telemetry.conventions;
    if (llm) {
      attributes[ATTR_LLM_LATENCY_MS] = durationMillis;
      attributes[ATTR_LLM_SUCCESS] = this.#error === undefined;
      attributes[ATTR_LLM_RETRY_COUNT] = this.#retries;
      if (this.#chunks > 0) attributes[ATTR_LLM_CHUNKS] = this.#chunks;
      if (this.#firstContentAt !== undefined)
        attributes[ATTR_LLM_TTFT_MS] = this.#millisUntil(this.#firstContentAt);
    }
    if (genAi && this.#firstChunkAt !== undefined)
      attributes[ATTR_GEN_AI_RESPONSE_TIME_TO_FIRST_CHUNK] = this.#millisUntil(this.#firstChunkAt) / 1000;
    if (this.#error !== undefined) this.#writeError(this.#error, llm);
  }

  #writeError({ type, status, retryAfterSeconds, message }: LlmError, llm: boolean): void {
    this.#attributes[ATTR_ERROR_TYPE] = type;
    if (llm) {
      this.#attributes[ATTR_LLM_ERROR_TYPE] = type;
      if (status !== undefined) this.#attributes[ATTR_LLM_ERROR_STATUS] = status;
      if (retryAfterSeconds !== undefined) this.#attributes[ATTR_LLM_ERROR_RETRY_AFTER] = retryAfterSeconds;
      if (message !== undefined) this.#attributes[ATTR_LLM_ERROR_MESSAGE] = message;
    }
    // Messages quote prompts: the status, which no redaction can tell apart, has the class only, and
    // there is no exception event.
    this.#span.setStatus({ code: SpanStatusCode.ERROR, message: type });
  }

  #recordMetrics(durationMillis: number): void {
    const { telemetry, provider, operation } = this.#identity;
    telemetry.metrics?.record({
      operation,
      provider,
      requestModel: this.#requestModel,
      responseModel: this.#responseModel,
      errorType: this.#error?.type,
      durationMillis,
      firstChunkMillis: this.#firstChunkAt === undefined ? undefined : this.#millisUntil(this.#firstChunkAt),
      inputTokens: this.#inputTokens,
      outputTokens: this.#outputTokens,
    });
  }

  #millisUntil(time: number): number {
    return Math.round((time - this.#startedAt) * 1000) / 1000;
  }
}

function startSpan(
  identity: LlmCallIdentity,
  request: LlmRequestInfo,
  parent: Context,
  startTime: number | undefined,
): Span {
  const { telemetry, provider, operation } = identity;
  // There from the start, for samplers.
  const attributes: Attributes = {};
  setIdentity(attributes, provider, operation, telemetry.conventions);
  setRequest(attributes, request, telemetry.conventions);
  setServiceTier(attributes, 'request', request.serviceTier, provider, telemetry.conventions);
  const options: SpanOptions = { kind: SpanKind.CLIENT, attributes };
  if (startTime !== undefined) options.startTime = startTime;
  const model = asString(request.model);
  const name = model === undefined ? operation : `${operation} ${model}`;
  return telemetry.tracer().startSpan(name, options, parent);
}
