import type { DropReason } from './ledger.js';

/** Waits for the items numbered below `until` and keeps account of those that got lost. */
export class Flush {
  readonly until: number;
  readonly total: number;
  readonly done: Promise<void>;
  readonly #lost = new Map<DropReason, number>();
  #remaining: number;
  #firstError: unknown;
  #finish: () => void = () => undefined;

  constructor(until: number, total: number) {
    this.until = until;
    this.total = total;
    this.#remaining = total;
    this.done = new Promise((resolve) => {
      this.#finish = resolve;
    });
    if (total === 0) this.#finish();
  }

  /** Tells it that the items from `first` on, `count` of them, were delivered or else why not. */
  settle(first: number, count: number, loss?: { reason: DropReason; error: unknown }): void {
    const mine = Math.min(first + count, this.until) - first;
    if (mine <= 0) return;
    if (loss !== undefined) {
      this.#lost.set(loss.reason, (this.#lost.get(loss.reason) ?? 0) + mine);
      this.#firstError ??= loss.error;
    }
    this.#remaining -= mine;
    if (this.#remaining === 0) this.#finish();
  }

  /**
   * How many of how many were not delivered and why, or `undefined` if all were.
   *
   * @param delay - what the items that are still waiting wait for to be over
   */
  failure(owner: string, timeoutMillis: number, delay?: unknown): Error | undefined {
    const parts = [...this.#lost].map(([reason, count]) => `${count} ${reason}`);
    if (this.#remaining > 0) parts.push(`${this.#remaining} still waiting after ${timeoutMillis} ms`);
    if (parts.length === 0) return undefined;
    const lost = [...this.#lost.values()].reduce((sum, count) => sum + count, this.#remaining);
    const message = `${owner}: ${lost} of ${this.total} spans were not delivered (${parts.join(', ')}).`;
    const cause = this.#firstError ?? (this.#remaining > 0 ? delay : undefined);
    return new Error(message, cause === undefined ? {} : { cause });
  }
}
