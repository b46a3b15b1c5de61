import type { ResolvedOptions } from '../options.js';
import { Backoff } from './backoff.js';
import { Pauses } from './waiting.js';

/** Identifies an attempt that was let through. */
export type Attempt = symbol;

/**
 * A circuit breaker for all batches together. It opens when an attempt fails temporarily: then nothing is attempted for
 * an interval, after which one batch is, and the others wait for the result. The intervals grow until an attempt
 * succeeds.
 */
export class Circuit {
  readonly #options: ResolvedOptions['retry'];
  readonly #pauses = new Pauses();
  /** Backoff of the current outage. */
  #backoff: Backoff | undefined;
  /** The one attempt that is being made while the circuit is open. */
  #probe: Attempt | undefined;
  #retryAt = 0;
  #newcomersAt = 0;
  /** End of the backend's `Retry-After`, which even `hurry` respects. */
  #forbiddenUntil = 0;
  #hurriedAt = Number.NEGATIVE_INFINITY;

  constructor(options: ResolvedOptions['retry']) {
    this.#options = options;
  }

  get isOpen(): boolean {
    return this.#backoff !== undefined;
  }

  /**
   * The earliest time for an attempt.
   *
   * @param isFirst - whether the batch has not been tried yet: it waits for the first interval at most, however long the
   *   outage has lasted for earlier batches
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

  /** Resolves when it may be worthwhile to try to enter again. */
  async change(isFirst: boolean): Promise<void> {
    const millis = this.nextAttemptAt(isFirst) - performance.now();
    await (this.#probe ? this.#pauses.untilWoken() : this.#pauses.pause(Math.max(millis, 0)));
  }

  succeeded(attempt: Attempt): void {
    if (attempt === this.#probe) this.#probe = undefined;
    // Until the end of a `Retry-After`, only an attempt can succeed that was let through before the backend asked for it.
    if (this.#forbiddenUntil <= performance.now()) {
      this.#backoff = undefined;
      this.#probe = undefined;
      this.#retryAt = this.#newcomersAt = this.#forbiddenUntil = 0;
    }
    this.#pauses.wakeAll();
  }

  /** @param retryAfterMillis - the backend's `Retry-After` */
  failed(attempt: Attempt, retryAfterMillis = 0): void {
    const now = performance.now();
    this.#forbiddenUntil = Math.max(this.#forbiddenUntil, now + retryAfterMillis);
    const isProbe = attempt === this.#probe;
    // Of concurrent attempts, only the first one that fails lengthens the interval.
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

  /**
   * Ends the current interval, except for the backend's `Retry-After`; but again only after the first interval, or many
   * who are in a hurry would have a backend that is down called without a pause.
   *
   * @param isLast - whether nobody will be in a hurry afterwards: then the current interval ends in any case
   */
  hurry(isLast = false): void {
    const now = performance.now();
    const pausedUntil = isLast ? 0 : this.#hurriedAt + this.#options.initialIntervalMillis;
    const earliest = Math.max(pausedUntil, this.#forbiddenUntil);
    if (this.isOpen && earliest <= now) this.#hurriedAt = now;
    this.#retryAt = Math.min(this.#retryAt, earliest);
    this.#newcomersAt = Math.min(this.#newcomersAt, earliest);
    this.#pauses.wakeAll();
  }
}
