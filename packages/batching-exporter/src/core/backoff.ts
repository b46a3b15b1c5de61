import type { ResolvedOptions } from '../options.js';

/** Exponentially growing intervals with jitter. */
export class Backoff {
  readonly #options: ResolvedOptions['retry'];
  #intervalMillis: number;

  constructor(options: ResolvedOptions['retry']) {
    this.#options = options;
    this.#intervalMillis = options.initialIntervalMillis;
  }

  /** Milliseconds until the next attempt. */
  next(): number {
    const { multiplier, randomizationFactor, maxIntervalMillis } = this.#options;
    const jitter = 1 + randomizationFactor * (2 * Math.random() - 1);
    const delayMillis = this.#intervalMillis * jitter;
    this.#intervalMillis = Math.min(this.#intervalMillis * multiplier, maxIntervalMillis);
    return delayMillis;
  }
}
