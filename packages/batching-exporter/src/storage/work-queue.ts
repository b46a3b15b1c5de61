import type { Reporter } from '@llm-otel/common';

/** Runs work on files, one piece after the other. Failures are reported and do not hold up the rest. */
export class WorkQueue {
  readonly #reporter: Reporter;
  #last: Promise<void> = Promise.resolve();

  constructor(reporter: Reporter) {
    this.#reporter = reporter;
  }

  /** @returns a promise that resolves when the work is done, and never rejects */
  do(work: () => Promise<void>): Promise<void> {
    this.#last = this.#last.then(work).catch((error: unknown) => {
      this.#reporter.errorOnce('an operation on storage.directory failed', error);
    });
    return this.#last;
  }
}
