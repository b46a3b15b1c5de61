import type { DropReason } from './ledger.js';

/** Waits for the items numbered below `until`, and counts those that are lost. */
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

  /** Records that `count` items from number `first` on were delivered, or why not. */
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
   * @param delay - the error because of which items are still waiting
   * @returns an error that says how many of how many items were not delivered, and why; `undefined` if all were
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
