import type { ResolvedOptions } from '../options.js';
import { Backoff } from './backoff.js';
import { Pauses } from './waiting.js';

/** Tells attempts apart that were let in. */
export type Attempt = symbol;

/**
 * Says when the backend may be asked, to all batches together. It opens when an attempt fails in a way that may
 * pass: then nobody asks for a while, after which one batch does and the others wait for what comes of it. The
 * pauses grow until an attempt succeeds.
 */
export class Circuit {
  readonly #options: ResolvedOptions['retry'];
  readonly #pauses = new Pauses();
  /** Of the outage that is going on. */
  #backoff: Backoff | undefined;
  /** The one attempt that is being made while the circuit is open. */
  #probe: Attempt | undefined;
  #retryAt = 0;
  #newcomersAt = 0;
  /** Until then the backend asked not to be asked: nobody is in such a hurry. */
  #forbiddenUntil = 0;

  constructor(options: ResolvedOptions['retry']) {
    this.#options = options;
  }

  get isOpen(): boolean {
    return this.#backoff !== undefined;
  }

  /**
   * The earliest time for an attempt.
   *
   * @param isFirst - whether the batch has not been tried yet: it need not wait for longer than the first interval, so
   * that what an earlier batch lasted does not keep it from being tried
   */
  nextAttemptAt(isFirst: boolean): number {
    return isFirst ? this.#newcomersAt : this.#retryAt;
  }

  /** @returns an attempt if one may be made now: `succeeded` or `failed` must follow */
  tryEnter(isFirst: boolean): Attempt | undefined {
    const attempt = Symbol('attempt');
    if (this.#backoff === undefined) return attempt;
    if (this.#probe !== undefined || this.nextAttemptAt(isFirst) > performance.now()) return undefined;
    this.#probe = attempt;
    return attempt;
  }

  /** Resolves when it may be worth while to try to enter again. */
  async change(isFirst: boolean): Promise<void> {
    const millis = this.nextAttemptAt(isFirst) - performance.now();
    await (this.#probe ? this.#pauses.untilWoken() : this.#pauses.pause(Math.max(millis, 0)));
  }

  succeeded(): void {
    this.#backoff = undefined;
    this.#probe = undefined;
    this.#retryAt = this.#newcomersAt = this.#forbiddenUntil = 0;
    this.#pauses.wakeAll();
  }

  /** @param retryAfterMillis - for how long the backend asks not to be asked */
  failed(attempt: Attempt, retryAfterMillis = 0): void {
    const now = performance.now();
    this.#forbiddenUntil = Math.max(this.#forbiddenUntil, now + retryAfterMillis);
    const isProbe = attempt === this.#probe;
    // Of attempts that were made side by side, only the first one that fails makes the pause longer.
    if (this.#backoff === undefined || isProbe) {
      this.#backoff ??= new Backoff(this.#options);
      this.#retryAt = now + this.#backoff.next();
      this.#newcomersAt = Math.min(this.#retryAt, now + this.#options.initialIntervalMillis);
    }
    this.#retryAt = Math.max(this.#retryAt, this.#forbiddenUntil);
    this.#newcomersAt = Math.max(this.#newcomersAt, this.#forbiddenUntil);
    if (isProbe) this.#probe = undefined;
    this.#pauses.wakeAll();
  }

  /** Ends the pause that is going on, but for what the backend asked for. */
  hurry(): void {
    this.#retryAt = this.#newcomersAt = this.#forbiddenUntil;
    this.#pauses.wakeAll();
  }
}
