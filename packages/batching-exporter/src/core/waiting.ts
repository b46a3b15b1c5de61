/** The next macrotask turn: between two slices of work the event loop gets to everything else. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Pauses that do not keep the process alive and can be cut short together. */
export class Pauses {
  readonly #wakers = new Set<() => void>();

  pause(millis: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.#wakers.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, millis);
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

  constructor(millis: number) {
    this.at = performance.now() + millis;
    let expire: (value: 'expired') => void;
    this.#expired = new Promise((resolve) => {
      expire = resolve;
    });
    this.#timer = setTimeout(() => expire('expired'), millis);
  }

  within<T>(promise: Promise<T>): Promise<T | 'expired'> {
    return Promise.race([promise, this.#expired]);
  }

  cancel(): void {
    clearTimeout(this.#timer);
  }
}
