import type { LlmResponseInfo } from '../llm-call-recorder.js';
import { asString } from '../unknown-values.js';

/** Gathers why the model stopped in each choice of a stream. */
export class StopReasons {
  #first: string | undefined;
  /** By the index of the choice; absent for a stream with only one, as nearly all are. */
  #others: Map<number, string> | undefined;

  add(index: unknown, given: unknown): void {
    const reason = asString(given);
    if (reason === undefined) return;
    if (index === 0) this.#first ??= reason;
    else if (typeof index === 'number') {
      this.#others ??= new Map();
      if (!this.#others.has(index)) this.#others.set(index, reason);
    }
  }

  /** What is recorded of them: that of the first choice, and, if there are more, those of all in order. */
  toResponse(): Pick<LlmResponseInfo, 'stopReason' | 'stopReasons'> {
    const stopReason = this.#first;
    if (this.#others === undefined) return { stopReason };
    const others = [...this.#others].sort(([a], [b]) => a - b);
    return { stopReason, stopReasons: [stopReason, ...others.map(([, reason]) => reason)] };
  }
}
