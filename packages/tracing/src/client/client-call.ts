import type { LlmApi } from '../apis/llm-api.js';
import { type Abandonable, abandonWith, keepFromAbandonment } from '../call/abandonment.js';
import type { LlmCallSpan } from '../call/llm-call-span.js';
import { failedByLeaving, timeoutOr } from '../errors/aborts.js';
import { readHeader } from '../read-header.js';
import { reporter } from '../reporter.js';
import { asNumber, field, isAsyncIterable, type Loose } from '../unknown-values.js';
import type { GatewayCost } from './gateway-cost.js';
import { recordStream } from './observe-stream.js';

/**
 * Both clients send this header with every attempt of an API call, unless the application removes it, and with no other
 * request (such as a token exchange).
 */
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
  #abandoned = false;
  /** The result, which the application may drop; after its first attempt, the call no longer refers to it. */
  #result: object | undefined;
  /** The last request that is, or may be, an attempt. */
  #request: object | undefined;
  #url: string | undefined;
  /** `undefined` while an attempt is in progress. */
  #attemptEndedAt: number | undefined;
  #status: number | undefined;
  /** Of an unsuccessful attempt: the error, or the response, which has status and headers like an error. */
  #failure: unknown;

  /** @param options - options of the request */
  constructor(span: LlmCallSpan, api: LlmApi, gateway: GatewayCost | undefined, options: unknown) {
    this.span = span;
    this.#api = api;
    this.#gateway = gateway;
    this.#options = options;
  }

  /** A request starts. @returns whether it is an attempt of the call, as far as that matters */
  requestStarted(url: unknown, request: object): boolean {
    // With a single request it does not matter what it is, and headers are slow to read.
    if (this.#request === undefined) this.#abandonWithResult();
    // Some calls make two requests, for example for a batch and then for its results. The application may have removed
    // the header: hosts that speak a client's API may refuse it.
    else if (String(url) === this.#url && isAttempt(request) === isAttempt(this.#request))
      this.span.recordRetry({
        status: this.#status,
        error: this.#failure,
        ...(this.#attemptEndedAt !== undefined && {
          delayMillis: performance.now() - this.#attemptEndedAt,
        }),
      });
    else if (!isAttempt(request)) return false;
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
        recordStream(
          data as AsyncIterable<unknown>,
          this.span,
          this.#api.chunkReader(this.span),
          field(this.#options, 'signal'),
        );
    } catch (error) {
      reporter.errorOnce('a response could not be read', error);
    }
  }

  /** The application has the result. The call of a stream lasts as long as the stream. */
  succeeded(data: unknown): void {
    this.see(data);
    if (this.#data === 'whole') this.span.end();
  }

  failed(error: unknown): void {
    const signal = field(this.#options, 'signal');
    if (!failedByLeaving(error, signal)) this.span.recordError(timeoutOr(error, signal));
    this.span.end();
  }

  /** The application took the raw response, whose body it reads itself. */
  handedOver(): void {
    this.span.end();
  }

  /** Whether the result has been requested. */
  get isWatched(): boolean {
    return this.#watched;
  }

  /** The result is requested. */
  watch(): void {
    if (this.#watched) return;
    this.#watched = true;
    this.keep();
  }

  /**
   * Abandons the call together with its result, unless the result is requested before the first attempt. Nearly all are
   * awaited at once, and registering a result for finalization takes as long as everything else that is done with it.
   */
  abandonWith(result: object): void {
    this.#result = result;
  }

  /** Nobody will ever see the result: the call ends with the current attempt. */
  abandon(): void {
    if (this.#request !== undefined && this.#attemptEndedAt === undefined) this.#abandoned = true;
    else this.#endAbandoned();
  }

  /** The result will be seen. */
  keep(): void {
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

/** Notifies the call of a promise's outcome, with a single reaction that passes the outcome on. */
export function reportOutcome(
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
