import {
  ATTR_LLM_CHUNKS,
  ATTR_LLM_ERROR_MESSAGE,
  ATTR_LLM_ERROR_RETRY_AFTER,
  ATTR_LLM_ERROR_STATUS,
  ATTR_LLM_ERROR_TYPE,
  ATTR_LLM_LATENCY_MS,
  ATTR_LLM_MODEL,
  ATTR_LLM_PROVIDER,
  ATTR_LLM_RETRY_COUNT,
  ATTR_LLM_SUCCESS,
  ATTR_LLM_TTFT_MS,
} from '@llm-otel/semantic-conventions';
import {
  type Attributes,
  type Context,
  context,
  INVALID_SPAN_CONTEXT,
  type Span,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { ATTR_ERROR_TYPE } from '@opentelemetry/semantic-conventions';
import { classifyError, type LlmError } from './classify-error.js';
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
import { setRequest, setResponse, setUsage } from './set-attributes.js';

/** What an LLM call is, before anything of it is known. */
export interface LlmCallIdentity {
  readonly tracer: () => Tracer;
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
  readonly #startedAt = performance.now();
  #lastActivityAt: number = this.#startedAt;
  readonly #attributes: Attributes = {};
  #ended = false;
  #retries = 0;
  #chunks = 0;
  #firstContentAt: number | undefined;
  #error: LlmError | undefined;

  constructor(identity: LlmCallIdentity, request: LlmRequestInfo) {
    const parent = context.active();
    this.#span =
      guard('a span could not be started', () => startSpan(identity, request, parent)) ??
      trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
    this.context = trace.setSpan(parent, this.#span);
  }

  get isRecording(): boolean {
    return guard('a span could not be asked', () => this.#span.isRecording()) ?? false;
  }

  get spanContext(): SpanContext {
    return guard('a span could not be asked', () => this.#span.spanContext()) ?? INVALID_SPAN_CONTEXT;
  }

  recordRequest(request: LlmRequestInfo): void {
    guard('a request could not be recorded', () => setRequest(this.#attributes, request));
  }

  recordUsage(usage: LlmUsageInfo): void {
    guard('a usage could not be recorded', () => setUsage(this.#attributes, usage));
  }

  recordResponse(response: LlmResponseInfo): void {
    guard('a response could not be recorded', () => setResponse(this.#attributes, response));
  }

  recordChunk(chunk?: LlmChunkInfo): void {
    this.countChunk(chunk?.content !== false);
  }

  /** `recordChunk` without an object for each. */
  countChunk(content: boolean): void {
    this.#lastActivityAt = performance.now();
    this.#chunks++;
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

  /** Notes that the call is still alive now, for the end of a call that is then abandoned; answers when that is. */
  recordActivity(): number {
    this.#lastActivityAt = performance.now();
    return this.#lastActivityAt;
  }

  /** Ends the span now. A stream that went well lasted to its last chunk, however long the application took over it. */
  end(): void {
    if (this.#ended) return;
    const lastedUntil =
      this.#chunks > 0 && this.#error === undefined ? this.#lastActivityAt : performance.now();
    this.#end(lastedUntil, undefined);
  }

  /** Ends the span of a call that nobody looks at any more, as of the last that was heard of it. */
  endAbandoned(): void {
    if (!this.#ended) this.#end(this.#lastActivityAt, this.#lastActivityAt);
  }

  #end(lastedUntil: number, endTime: number | undefined): void {
    this.#ended = true;
    const attributes = this.#attributes;
    attributes[ATTR_LLM_LATENCY_MS] = this.#millisUntil(lastedUntil);
    attributes[ATTR_LLM_SUCCESS] = this.#error === undefined;
    attributes[ATTR_LLM_RETRY_COUNT] = this.#retries;
    if (this.#chunks > 0) attributes[ATTR_LLM_CHUNKS] = this.#chunks;
    if (this.#firstContentAt !== undefined)
      attributes[ATTR_LLM_TTFT_MS] = this.#millisUntil(this.#firstContentAt);
    guard('a span could not be written', () => {
      this.#writeError();
      this.#span.setAttributes(attributes);
    });
    guard('a span could not be ended', () => this.#span.end(endTime));
  }

  #writeError(): void {
    if (this.#error === undefined) return;
    const { type, status, retryAfterSeconds, message } = this.#error;
    this.#attributes[ATTR_ERROR_TYPE] = type;
    this.#attributes[ATTR_LLM_ERROR_TYPE] = type;
    if (status !== undefined) this.#attributes[ATTR_LLM_ERROR_STATUS] = status;
    if (retryAfterSeconds !== undefined) this.#attributes[ATTR_LLM_ERROR_RETRY_AFTER] = retryAfterSeconds;
    if (message !== undefined) this.#attributes[ATTR_LLM_ERROR_MESSAGE] = message;
    // Messages quote prompts: the status, which no redaction can tell apart, has the class only, and
    // there is no exception event.
    this.#span.setStatus({ code: SpanStatusCode.ERROR, message: type });
  }

  #millisUntil(time: number): number {
    return Math.round((time - this.#startedAt) * 1000) / 1000;
  }
}

function startSpan(identity: LlmCallIdentity, request: LlmRequestInfo, parent: Context): Span {
  const { tracer, provider, operation } = identity;
  // There from the start, for samplers.
  const attributes: Attributes = { [ATTR_LLM_PROVIDER]: provider };
  setRequest(attributes, request);
  const model = attributes[ATTR_LLM_MODEL];
  const name = model === undefined ? operation : `${operation} ${model}`;
  return tracer().startSpan(name, { kind: SpanKind.CLIENT, attributes }, parent);
}
