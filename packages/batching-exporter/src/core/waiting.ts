// Here as in all of this package not the global ones, which the DOM of a test runner replaces by timers without `unref`.
import { clearTimeout, setImmediate, setTimeout } from 'node:timers';
import { MAX_TIMER_MILLIS } from '@llm-otel/common';

/** The next macrotask turn: between two slices of work the event loop gets to everything else. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** A timer that does not keep the process alive. */
export function pause(millis: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, millis).unref());
}

/** Pauses that do not keep the process alive and can be cut short together. */
export class Pauses {
  readonly #wakers = new Set<() => void>();

  /** Lasts at most as long as the longest timer, about 24 days. */
  pause(millis: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#wakers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, Math.min(millis, MAX_TIMER_MILLIS));
      timer.unref();
      this.#wakers.add(wake);
    });
  }

  untilWoken(): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#wakers.delete(wake);
        resolve();
      };
      this.#wakers.add(wake);
    });
  }

  wakeAll(): void {
    for (const wake of [...this.#wakers]) wake();
  }
}

/**
 * One absolute deadline for an operation that somebody awaits. Its timer is the only one that keeps the process
 * alive: without it, a process that has nothing else to do would exit in the middle of `await forceFlush()`.
 */
export class Deadline {
  readonly at: number;
  readonly #expired: Promise<'expired'>;
  readonly #timer: NodeJS.Timeout;
  #expire: () => void = () => undefined;

  constructor(millis: number) {
    this.at = performance.now() + millis;
    this.#expired = new Promise((resolve) => {
      this.#expire = () => resolve('expired');
    });
    this.#timer = setTimeout(this.#expire, millis);
  }

  within<T>(promise: Promise<T> | undefined): Promise<T | undefined | 'expired'> {
    // A promise that is already settled must not win against a deadline that has passed. It is still raced, because an
    // unhandled rejection would end the process.
    if (performance.now() >= this.at) this.#expire();
    return Promise.race([this.#expired, promise]);
  }

  /** Makes the deadline expire early. */
  expire(): void {
    this.#expire();
    this.cancel();
  }

  cancel(): void {
    clearTimeout(this.#timer);
  }
}
