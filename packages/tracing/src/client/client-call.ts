import { type Abandonable, abandonWith, keepFromAbandonment } from '../abandonment.js';
import type { LlmApi } from '../apis/llm-api.js';
import { asNumber, field } from '../json.js';
import type { LlmCallSpan } from '../llm-call-span.js';
import { guard } from '../reporter.js';
import { observeStream } from './observe-stream.js';

interface Attempt {
  endedAt?: number;
  status?: number | undefined;
  /** Of an attempt that was no success: the error, or the response, which tells status and headers as an error does. */
  failure?: unknown;
}

/** One call of a wrapped client, from `create()` to the end of its result. */
export class ClientCall implements Abandonable {
  readonly span: LlmCallSpan;
  readonly #api: LlmApi;
  #attempt: Attempt | undefined;
  #kept = false;
  #abandoned = false;
  #data: 'none' | 'whole' | 'stream' = 'none';

  constructor(span: LlmCallSpan, api: LlmApi) {
    this.span = span;
    this.#api = api;
  }

  attemptStarted(): void {
    const last = this.#attempt;
    if (last !== undefined)
      this.span.recordRetry({
        status: last.status,
        error: last.failure,
        ...(last.endedAt !== undefined && { delayMillis: performance.now() - last.endedAt }),
      });
    this.#attempt = {};
  }

  attemptAnswered(response: unknown): void {
    this.#attemptEnded(field(response, 'ok') === false ? response : undefined, field(response, 'status'));
  }

  attemptFailed(error: unknown): void {
    this.#attemptEnded(error, undefined);
  }

  /** Records the parsed body before anything else sees it; a stream is observed from here on. */
  see(data: unknown): void {
    if (this.#data !== 'none') return;
    this.#data = typeof field(data, Symbol.asyncIterator) === 'function' ? 'stream' : 'whole';
    guard('a response could not be read', () => {
      if (this.#data === 'whole') this.#api.readResponse(data, this.span);
      else observeStream(data as AsyncIterable<unknown>, this.span, this.#api.chunkReader(this.span));
    });
  }

  /** The call gave the application its result. The call of a stream goes on for as long as the stream. */
  succeeded(data: unknown): void {
    this.see(data);
    if (this.#data === 'whole') this.span.end();
  }

  failed(error: unknown): void {
    this.span.recordError(error);
    this.span.end();
  }

  /** The application took the bare response, whose body is its own business. */
  handedOver(response: unknown): void {
    if (field(response, 'ok') === false) this.failed(response);
    else this.span.end();
  }

  /** Abandons the call with its result, unless somebody has asked for that. */
  abandonWith(result: object): void {
    if (!this.#kept) abandonWith(result, this);
  }

  /** Nobody will ever see the result: the call ends with the attempt that is under way. */
  abandon(): void {
    if (this.#attempt !== undefined && this.#attempt.endedAt === undefined) this.#abandoned = true;
    else this.#endAbandoned();
  }

  /** Somebody is going to see the result. */
  keep(): void {
    this.#kept = true;
    keepFromAbandonment(this);
  }

  #attemptEnded(failure: unknown, status: unknown): void {
    this.span.recordActivity();
    this.#attempt = { endedAt: performance.now(), status: asNumber(status), failure };
    if (this.#abandoned) this.#endAbandoned();
  }

  #endAbandoned(): void {
    const failure = this.#attempt?.failure;
    if (failure !== undefined) this.span.recordError(failure);
    this.span.endAbandoned();
  }
}
