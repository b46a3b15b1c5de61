import {
  type Attributes,
  type Context,
  context,
  INVALID_SPAN_CONTEXT,
  type Span,
  type SpanContext,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { CallTiming } from './call-timing.js';
import { classifyError, type LlmError } from './classify-error.js';
import { setRequestContent, setResponseContent } from './content/set-content.js';
import type {
  LlmCallRecorder,
  LlmChunkInfo,
  LlmRequestInfo,
  LlmResponseInfo,
  LlmRetryInfo,
  LlmUsageInfo,
} from './llm-call-recorder.js';
import { MeasuredCall } from './measured-call.js';
import { guard, reporter } from './reporter.js';
import { recordRetryEvent } from './retry-event.js';
import { setIdentity, setRequest, setResponse, setUsage } from './set-attributes.js';
import { setSuccess, setTiming } from './set-outcome.js';
import { type LlmCallIdentity, startCallSpan } from './start-call-span.js';

/** What is gathered for the end. A class, since V8 gives its instances room for what is added; a literal's grow by a list each. */
class GatheredAttributes {}

/**
 * The span of one LLM call: takes what becomes known, writes it when the call ends, ends once. A tracer
 * that is broken leaves a span that records nothing. Where every call comes by, `guard` is written out: it would
 * make a closure each.
 */
export class LlmCallSpan implements LlmCallRecorder {
  /** The context in which the span is the active one. */
  readonly context: Context;
  readonly #identity: LlmCallIdentity;
  readonly #span: Span;
  readonly #timing: CallTiming;
  readonly #attributes: Attributes = new GatheredAttributes() as Attributes;
  readonly #measured: MeasuredCall | undefined;
  #ended = false;
  #enriched = false;
  #retries = 0;
  #error: LlmError | undefined = undefined;

  /** @param startedAt - on the clock of `performance.now()`, for a call that is recorded later; else it starts now */
  constructor(
    identity: LlmCallIdentity,
    request: LlmRequestInfo,
    parent: Context = context.active(),
    startedAt?: number,
  ) {
    const { telemetry } = identity;
    this.#identity = identity;
    this.#timing = new CallTiming(startedAt ?? performance.now());
    this.#span = startOrNone(identity, request, parent, startedAt);
    this.context = trace.setSpan(parent, this.#span);
    if (telemetry.metrics !== undefined) this.#measured = new MeasuredCall(identity, request);
    if (telemetry.captureContent) this.#recordPrompt(request);
  }

  /** Whether anything comes of what is recorded. A span that is not sampled has metrics all the same. */
  get isRecording(): boolean {
    if (this.#measured !== undefined) return true;
    try {
      return this.#span.isRecording();
    } catch (error) {
      reporter.errorOnce('a span could not be read', error);
      return false;
    }
  }

  get hasEnded(): boolean {
    return this.#ended;
  }

  get chunks(): number {
    return this.#timing.chunks;
  }

  get spanContext(): SpanContext {
    return guard('a span could not be read', () => this.#span.spanContext()) ?? INVALID_SPAN_CONTEXT;
  }

  recordRequest(request: LlmRequestInfo): void {
    try {
      setRequest(this.#attributes, request, this.#identity);
      this.#measured?.request(request);
    } catch (error) {
      reporter.errorOnce('a request could not be recorded', error);
    }
    if (this.#identity.telemetry.captureContent) this.#recordPrompt(request);
  }

  recordUsage(usage: LlmUsageInfo): void {
    try {
      setUsage(this.#attributes, usage, this.#identity.telemetry.conventions);
      this.#measured?.usage(usage);
    } catch (error) {
      reporter.errorOnce('a usage could not be recorded', error);
    }
  }

  recordResponse(response: LlmResponseInfo): void {
    try {
      setResponse(this.#attributes, response, this.#identity);
      this.#measured?.response(response);
    } catch (error) {
      reporter.errorOnce('a response could not be recorded', error);
    }
    if (this.#identity.telemetry.captureContent) this.#recordAnswer(response);
  }

  recordChunk(chunk?: LlmChunkInfo): void {
    this.#timing.chunk(chunk?.content !== false);
  }

  /** `recordChunk` without an object for each. */
  countChunk(content: boolean): void {
    this.#timing.chunk(content);
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
    if (this.#ended) return;
    this.#enriched = true;
    guard('a span could not be enriched', () => this.#span.setAttributes(attributes));
  }

  /** Notes that the call is still alive now, for the end of a call that is then abandoned; answers when that is. */
  recordActivity(): number {
    return this.#timing.activity();
  }

  /**
   * Ends the span now. A stream that went well lasted to its last chunk, however long the application took over it.
   *
   * @param endedAt - on the clock of `performance.now()`, for a call that ended before
   */
  end(endedAt?: number): void {
    if (this.#ended) return;
    const { chunks, lastActivityAt } = this.#timing;
    const lastedUntil = chunks > 0 && this.#error === undefined ? lastActivityAt : performance.now();
    this.#end(endedAt ?? lastedUntil, endedAt);
  }

  /** Ends the span of a call that nobody looks at any more, as of the last that was heard of it. */
  endAbandoned(): void {
    const { lastActivityAt } = this.#timing;
    if (!this.#ended) this.#end(lastActivityAt, lastActivityAt);
  }

  #recordPrompt(request: LlmRequestInfo): void {
    const { genAi } = this.#identity.telemetry.conventions;
    guard('a prompt could not be recorded', () => setRequestContent(this.#attributes, request, genAi));
  }

  #recordAnswer(response: LlmResponseInfo): void {
    const { genAi } = this.#identity.telemetry.conventions;
    guard('a response could not be recorded', () => setResponseContent(this.#attributes, response, genAi));
  }

  #end(lastedUntil: number, endTime: number | undefined): void {
    this.#ended = true;
    const durationMillis = this.#timing.millisUntil(lastedUntil);
    try {
      this.#writeOutcome(durationMillis);
    } catch (error) {
      reporter.errorOnce('a span could not be written', error);
    }
    try {
      this.#span.end(endTime);
    } catch (error) {
      reporter.errorOnce('a span could not be ended', error);
    }
    if (this.#measured !== undefined) this.#recordMetrics(this.#measured, durationMillis);
  }

  #writeOutcome(durationMillis: number): void {
    const { conventions } = this.#identity.telemetry;
    // What is on the span from its start on may have been written over.
    if (this.#enriched) setIdentity(this.#attributes, this.#identity);
    setTiming(this.#attributes, this.#timing, durationMillis, this.#retries, conventions);
    setSuccess(this.#attributes, this.#error, conventions);
    // Messages quote prompts: the status, which no redaction can tell apart, has the class only, and
    // there is no exception event.
    if (this.#error !== undefined)
      this.#span.setStatus({ code: SpanStatusCode.ERROR, message: this.#error.type });
    this.#span.setAttributes(this.#attributes);
  }

  #recordMetrics(measured: MeasuredCall, durationMillis: number): void {
    guard('metrics could not be recorded', () => {
      measured.timing(this.#timing, durationMillis);
      measured.errorType = this.#error?.type;
      this.#identity.telemetry.metrics?.record(measured);
    });
  }
}

function startOrNone(
  identity: LlmCallIdentity,
  request: LlmRequestInfo,
  parent: Context,
  startedAt: number | undefined,
): Span {
  try {
    return startCallSpan(identity, request, parent, startedAt);
  } catch (error) {
    reporter.errorOnce('a span could not be started', error);
    return trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
  }
}
