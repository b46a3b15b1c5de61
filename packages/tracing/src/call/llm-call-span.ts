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
import { setRequestContent, setResponseContent } from '../content/set-content.js';
import { classifyError, type LlmError } from '../errors/classify-error.js';
import type {
  LlmCallRecorder,
  LlmChunkInfo,
  LlmRequestInfo,
  LlmResponseInfo,
  LlmRetryInfo,
  LlmUsageInfo,
} from '../llm-call-recorder.js';
import { guard, reporter } from '../reporter.js';
import { CallTiming } from './call-timing.js';
import type { LlmCallIdentity } from './llm-call-identity.js';
import { MeasuredCall } from './measured-call.js';
import { recordRetryEvent } from './retry-event.js';
import { setIdentity, setRequest, setResponse, setUsage } from './set-attributes.js';
import { setSuccess, setTiming } from './set-outcome.js';
import { startCallSpan } from './start-call-span.js';

/** Attributes collected for the end. A class, because V8 gives its instances room for further fields; those of a literal need a new list for each. */
class GatheredAttributes {}

/**
 * The span of one LLM call: collects what becomes known, writes it when the call ends, and ends once. With a broken
 * tracer, the span records nothing. On the path of every call, `guard` is inlined, because it would create a closure
 * each time.
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
  /** `undefined` while it is not known whether attempts can be seen. */
  #retries: number | undefined;
  #error: LlmError | undefined = undefined;

  /**
   * @param details - further attributes of the request
   * @param startedAt - on the clock of `performance.now()`, for a call that is recorded later; default: now
   */
  constructor(
    identity: LlmCallIdentity,
    request: LlmRequestInfo,
    parent: Context = context.active(),
    details?: Attributes,
    startedAt?: number,
  ) {
    const { telemetry } = identity;
    this.#identity = identity;
    this.#retries = identity.hidesAttempts === true ? undefined : 0;
    this.#timing = new CallTiming(startedAt ?? performance.now());
    this.#span = startCallSpan(identity, request, parent, details, startedAt);
    this.context = trace.setSpan(parent, this.#span);
    if (telemetry.metrics !== undefined) this.#measured = new MeasuredCall(identity, request);
    if (telemetry.captureContent) this.#recordPrompt(request);
  }

  /** Whether recording has any effect. A span that is not sampled still has metrics. */
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

  /** Like `recordChunk`, without an object per chunk. */
  countChunk(content: boolean): void {
    this.#timing.chunk(content);
  }

  discardChunks(): void {
    this.#timing.discardChunks();
  }

  recordRetry(retry: LlmRetryInfo = {}): void {
    if (this.#ended) return;
    const retries = (this.#retries ?? 0) + 1;
    this.#retries = retries;
    guard('a retry could not be recorded', () => recordRetryEvent(this.#span, retries, retry));
  }

  /** An attempt is seen, of a call that may hide them. */
  recordAttempt(): void {
    this.#retries ??= 0;
  }

  recordError(error: unknown): void {
    this.#error ??= guard('an error could not be classified', () => classifyError(error)) ?? {
      type: 'unknown',
    };
  }

  /** Puts another instrumentation's attributes on the span; our own take precedence. */
  enrich(attributes: Attributes): void {
    if (this.#ended) return;
    this.#enriched = true;
    guard('a span could not be enriched', () => this.#span.setAttributes(attributes));
  }

  /** Notes that the call is still active, for the end time of a call that is then abandoned. @returns the time */
  recordActivity(): number {
    return this.#timing.activity();
  }

  /**
   * Ends the span now. A successful stream lasts until its last chunk, however long the application took to read it.
   *
   * @param endedAt - on the clock of `performance.now()`, for a call that ended before
   */
  end(endedAt?: number): void {
    if (this.#ended) return;
    const { chunks, lastActivityAt } = this.#timing;
    const lastedUntil = chunks > 0 && this.#error === undefined ? lastActivityAt : performance.now();
    this.#end(endedAt ?? lastedUntil, endedAt);
  }

  /** Ends the span of a call that nobody can reach any more, at the time of its last activity. */
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
    // Attributes from the start of the span may have been overwritten.
    if (this.#enriched) setIdentity(this.#attributes, this.#identity);
    setTiming(this.#attributes, this.#timing, durationMillis, this.#retries, conventions);
    setSuccess(this.#attributes, this.#error, conventions);
    // Error messages quote prompts, and redaction by key can't recognise a status: so the status has only the error's
    // class, and there is no exception event.
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
