import { asString } from '../json.js';
import type { LlmResponseInfo } from '../llm-call-recorder.js';

/** Gathers why the model stopped in each choice of a stream. */
export class StopReasons {
  #first: string | undefined;
  /** By the index of the choice; absent for a stream with only one, as nearly all are. */
  #all: Map<number, string> | undefined;

  add(index: unknown, given: unknown): void {
    const reason = asString(given);
    if (reason === undefined) return;
    if (index === 0) this.#first ??= reason;
    else if (typeof index === 'number') {
      this.#all ??= new Map();
      if (!this.#all.has(index)) this.#all.set(index, reason);
    }
  }

  info(): Pick<LlmResponseInfo, 'stopReason' | 'stopReasons'> {
    if (this.#all === undefined) return { stopReason: this.#first };
    const others = [...this.#all].sort(([a], [b]) => a - b).map(([, reason]) => reason);
    return { stopReason: this.#first, stopReasons: [this.#first, ...others] };
  }
}
