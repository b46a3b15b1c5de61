import type { LlmCallSpan } from '../call/llm-call-span.js';
import { asNumber, field } from '../unknown-values.js';
import type { RunRequests } from './model-run-scope.js';

/** Counts the attempts of a run: a request that repeats one that has failed is a retry, any other is not. */
export class CountedRequests implements RunRequests {
  readonly #span: LlmCallSpan;
  #failed: { readonly target: string; readonly failure: unknown; readonly at: number } | undefined;

  constructor(span: LlmCallSpan) {
    this.#span = span;
  }

  started(target: string): void {
    const failed = this.#failed;
    this.#span.recordAttempt();
    if (failed?.target !== target) return;
    this.#failed = undefined;
    const { failure, at } = failed;
    const status = asNumber(field(failure, 'status'));
    this.#span.recordRetry({ status, error: failure, delayMillis: performance.now() - at });
  }

  failed(target: string, failure: unknown): void {
    this.#failed = { target, failure, at: performance.now() };
  }
}
