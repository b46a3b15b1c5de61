import type { ResolvedOptions } from '../options.js';

/** Exponential backoff with jitter for one batch, bounded in time from the moment it is made. */
export class Backoff {
  readonly #options: ResolvedOptions['retry'];
  readonly #giveUpAt: number;
  #intervalMillis: number;

  constructor(options: ResolvedOptions['retry']) {
    this.#options = options;
    this.#giveUpAt = performance.now() + options.maxElapsedTimeMillis;
    this.#intervalMillis = options.initialIntervalMillis;
  }

  /**
   * @param atLeast - what the backend asks for
   * @returns milliseconds until the next attempt; `undefined` if that would be too late, so that nobody waits for nothing
   */
  next(atLeast = 0): number | undefined {
    const { multiplier, randomizationFactor, maxIntervalMillis } = this.#options;
    const jitter = 1 + randomizationFactor * (2 * Math.random() - 1);
    const delayMillis = Math.max(this.#intervalMillis * jitter, atLeast);
    this.#intervalMillis = Math.min(this.#intervalMillis * multiplier, maxIntervalMillis);
    return performance.now() + delayMillis > this.#giveUpAt ? undefined : delayMillis;
  }
}
