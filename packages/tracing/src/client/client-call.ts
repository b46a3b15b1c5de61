import { type Abandonable, abandonWith, keepFromAbandonment } from '../abandonment.js';
import type { LlmApi } from '../apis/llm-api.js';
import { timeoutOr } from '../classify-error.js';
import { asNumber, field, isAsyncIterable, type Loose } from '../json.js';
import type { LlmCallSpan } from '../llm-call-span.js';
import { readHeader } from '../read-header.js';
import { reporter } from '../reporter.js';
import type { GatewayCost } from './gateway-cost.js';
import { observeStream } from './observe-stream.js';

/** Both clients put it on every attempt of an API call, and on no other request (a token exchange, say). */
const ATTEMPT_HEADER = 'x-stainless-retry-count';

function isAttempt(request: unknown): boolean {
  return readHeader(field(request, 'headers'), ATTEMPT_HEADER) !== undefined;
}

/** One call of a wrapped client, from `create()` to the end of its result. */
export class ClientCall implements Abandonable {
  readonly span: LlmCallSpan;
  readonly #api: LlmApi;
  readonly #gateway: GatewayCost | undefined;
  readonly #options: unknown;
  #data: 'none' | 'whole' | 'stream' = 'none';
  #watched = false;
  #kept = false;
  #abandoned = false;
  /** What the application may drop; from its first attempt on the call does not hold on to it. */
  #result: object | undefined;
  /** The last that may be an attempt, or is one. */
  #request: object | undefined;
  #url: string | undefined;
  /** `undefined` while an attempt is under way. */
  #attemptEndedAt: number | undefined;
  #status: number | undefined;
  /** Of an attempt that was no success: the error, or the response, which tells status and headers as an error does. */
  #failure: unknown;

  /** @param options - of the request */
  constructor(span: LlmCallSpan, api: LlmApi, gateway: GatewayCost | undefined, options: unknown) {
    this.span = span;
    this.#api = api;
    this.#gateway = gateway;
    this.#options = options;
  }

  /** Answers whether the request is an attempt of the call, as far as that matters. */
  requestStarted(url: unknown, request: object): boolean {
    if (this.#request === undefined) this.#abandonWithResult();
    // Of one request it does not matter, and headers are slow to read.
    else if (!isAttempt(request)) return false;
    // Some calls make two requests, as for a batch and then for its results.
    else if (isAttempt(this.#request) && String(url) === this.#url)
      this.span.recordRetry({
        status: this.#status,
        error: this.#failure,
        ...(this.#attemptEndedAt !== undefined && {
          delayMillis: performance.now() - this.#attemptEndedAt,
        }),
      });
    this.#request = request;
    this.#url = String(url);
    this.#attemptEndedAt = undefined;
    this.#status = undefined;
    this.#failure = undefined;
    return true;
  }

  attemptAnswered(response: unknown): void {
    const status = asNumber((response as Loose<'status'>)?.status);
    this.#status = status;
    const ok = status !== undefined && status >= 200 && status < 300;
    const costUsd = ok ? this.#gateway?.read(response) : undefined;
    if (costUsd !== undefined) this.span.recordResponse({ costUsd });
    this.#attemptEnded(ok ? undefined : response);
  }

  attemptFailed(error: unknown): void {
    this.#attemptEnded(error);
  }

  /** Records the parsed body before anything else sees it; a stream is observed from here on. */
  see(data: unknown): void {
    if (this.#data !== 'none') return;
    this.#data = isAsyncIterable(data) ? 'stream' : 'whole';
    try {
      if (this.#data === 'whole') this.#api.readResponse(data, this.span);
      else
        observeStream(
          data as AsyncIterable<unknown>,
          this.span,
          this.#api.chunkReader(this.span),
          field(this.#options, 'signal'),
        );
    } catch (error) {
      reporter.errorOnce('a response could not be read', error);
    }
  }

  /** The call gave the application its result. The call of a stream goes on for as long as the stream. */
  succeeded(data: unknown): void {
    this.see(data);
    if (this.#data === 'whole') this.span.end();
  }

  failed(error: unknown): void {
    this.span.recordError(timeoutOr(error, field(this.#options, 'signal')));
    this.span.end();
  }

  /** The application took the bare response, whose body is its own business. */
  handedOver(response: unknown): void {
    if (field(response, 'ok') === false) this.failed(response);
    else this.span.end();
  }

  /** Whether somebody has asked for the result. */
  get isWatched(): boolean {
    return this.#watched;
  }

  /** Somebody asks for the result. */
  watch(): void {
    if (this.#watched) return;
    this.#watched = true;
    this.keep();
  }

  /**
   * Abandons the call with its result, unless somebody asks for that before the first attempt. Nearly all are
   * awaited at once, and registering a result for finalization takes as long as all else that is done with it.
   */
  abandonWith(result: object): void {
    if (!this.#kept) this.#result = result;
  }

  /** Nobody will ever see the result: the call ends with the attempt that is under way. */
  abandon(): void {
    if (this.#request !== undefined && this.#attemptEndedAt === undefined) this.#abandoned = true;
    else this.#endAbandoned();
  }

  /** Somebody is going to see the result. */
  keep(): void {
    this.#kept = true;
    this.#result = undefined;
    if (this.#request !== undefined) keepFromAbandonment(this);
  }

  #abandonWithResult(): void {
    const result = this.#result;
    this.#result = undefined;
    if (result !== undefined) abandonWith(result, this);
  }

  #attemptEnded(failure: unknown): void {
    this.#attemptEndedAt = this.span.recordActivity();
    this.#failure = failure;
    if (this.#abandoned) this.#endAbandoned();
  }

  #endAbandoned(): void {
    if (this.#failure !== undefined) this.span.recordError(this.#failure);
    this.span.endAbandoned();
  }
}

/** Tells the call how a promise turns out, with one reaction on it, which passes on what it is given. */
export function tellOutcome(
  promise: Promise<unknown>,
  then: Promise<unknown>['then'],
  call: ClientCall,
): Promise<unknown> {
  return then.call(
    promise,
    (data) => {
      call.succeeded(data);
      return data;
    },
    (error) => {
      call.failed(error);
      throw error;
    },
  );
}
