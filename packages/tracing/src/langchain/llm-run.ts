import { type Context, trace } from '@opentelemetry/api';
import type { LlmCallIdentity } from '../call/llm-call-identity.js';
import type { LlmCallSpan } from '../call/llm-call-span.js';
import type { LlmUsageInfo } from '../llm-call-recorder.js';
import { guard } from '../reporter.js';
import { asArray, asNumber, field, textLength } from '../unknown-values.js';
import { causeOfAbort } from './cause-of-abort.js';
import { CountedRequests } from './counted-requests.js';
import { leavesGraph } from './leaves-graph.js';
import { enterModelRun, type ModelRun } from './model-run-scope.js';
import { readOutputMessages, readResponse, readUsage } from './read-llm-run.js';
import { watchRequests } from './watch-requests.js';

/** One call of a model. */
export class LlmRun {
  readonly context: Context;
  readonly #span: LlmCallSpan;
  readonly #identity: LlmCallIdentity;
  /** Weak: a listener on it may hold the object whose collection ends a run of which LangChain reports no end. */
  readonly #signal: WeakRef<AbortSignal> | undefined;
  /** The last notification: LangChain may repeat it. */
  #lastNotified: unknown;
  #inputTokens: number | undefined;
  #lastOutputTokens: number | undefined;
  /** Of one chunk. */
  #mostCacheReadTokens: number | undefined;
  /** As LangChain adds them up. */
  #summedOutputTokens = 0;

  /** @param signal - what aborts the run, if anything does */
  constructor(span: LlmCallSpan, identity: LlmCallIdentity, signal: unknown) {
    this.#span = span;
    this.#identity = identity;
    this.#signal = signal instanceof AbortSignal ? new WeakRef(signal) : undefined;
    this.context = span.context;
  }

  /**
   * From here on, what the caller does is work for this run.
   *
   * @param waiting - the runs that were started together with this one, which is added
   */
  enter(waiting: ModelRun[]): void {
    const span = trace.getSpan(this.context);
    if (span === undefined) return;
    watchRequests();
    const requests = new CountedRequests(this.#span);
    enterModelRun({ span, isOpen: () => !this.#span.hasEnded, requests }, waiting);
  }

  token(token: unknown, fields: unknown): void {
    if (fields !== undefined && fields === this.#lastNotified) return;
    this.#lastNotified = fields;
    const message = field(field(fields, 'chunk'), 'message');
    this.#span.countChunk(bearsContent(token, message));
    const usage = field(message, 'usage_metadata');
    if (usage === undefined) return;
    this.#inputTokens ??= asNumber(field(usage, 'input_tokens'));
    this.#lastOutputTokens = asNumber(field(usage, 'output_tokens')) ?? this.#lastOutputTokens;
    const cacheRead = asNumber(field(field(usage, 'input_token_details'), 'cache_read'));
    if (cacheRead !== undefined)
      this.#mostCacheReadTokens = Math.max(cacheRead, this.#mostCacheReadTokens ?? 0);
  }

  /** Reported instead of tokens if the events of a message are requested, as LangGraph 1.7 does. */
  event(event: unknown): void {
    if (event === this.#lastNotified) return;
    this.#lastNotified = event;
    const name = field(event, 'event');
    this.#span.countChunk(name === 'content-block-delta');
    if (name !== 'message-start' && name !== 'usage') return;
    const usage = field(event, 'usage');
    const output = asNumber(field(usage, 'output_tokens'));
    this.#inputTokens ??= asNumber(field(usage, 'input_tokens'));
    if (output === undefined) return;
    this.#lastOutputTokens = output - this.#summedOutputTokens;
    this.#summedOutputTokens = output;
  }

  /** @param isCached - whether LangChain's cache gave the answer, and reported it as a chunk */
  end(output: unknown, isCached: boolean): void {
    if (isCached) this.#span.discardChunks();
    guard('a LangChain response could not be read', () => {
      this.#span.recordRequest({ streaming: this.#span.chunks > 0 });
      this.#span.recordResponse(readResponse(output));
      if (this.#identity.telemetry.captureContent) this.#span.recordResponse(readOutputMessages(output));
      const usage = readUsage(output, this.#identity.provider);
      if (usage !== undefined) this.#span.recordUsage(this.#corrected(usage));
    });
    this.#span.end();
  }

  /** @returns the cause of the error, for the run above */
  fail(error: unknown): unknown {
    const cause = causeOfAbort(error, this.#signal?.deref()?.reason);
    this.#recordPartialUsage();
    if (!leavesGraph(cause)) this.#span.recordError(cause);
    this.#span.end();
    return cause;
  }

  endAbandoned(): void {
    this.#recordPartialUsage();
    this.#span.endAbandoned();
  }

  /** LangChain adds up counts that streams repeat. */
  #corrected(usage: LlmUsageInfo): LlmUsageInfo {
    switch (this.#identity.provider) {
      // Streams report a placeholder at the start, and the total at the end.
      case 'anthropic':
        return { ...usage, outputTokens: this.#lastOutputTokens ?? usage.outputTokens };
      // Every chunk reports all cached tokens, or with `@langchain/google` only the first. Not all models pass chunks to
      // callbacks: their number may be unknown.
      case 'google':
        return this.#span.chunks > 1 ? { ...usage, cacheReadTokens: this.#mostCacheReadTokens } : usage;
      default:
        return usage;
    }
  }

  /** The output is not known before the end. */
  #recordPartialUsage(): void {
    if (this.#span.chunks > 0) this.#span.recordRequest({ streaming: true });
    if (this.#inputTokens !== undefined) this.#span.recordUsage({ inputTokens: this.#inputTokens });
  }
}

/** A chunk with a role, an id or the usage has an empty token; so has one with a part of a tool call. */
function bearsContent(token: unknown, message: unknown): boolean {
  if (typeof token === 'string' ? token !== '' : token !== undefined) return true;
  return asArray(field(message, 'tool_call_chunks')).length > 0 || textLength(field(message, 'content')) > 0;
}
