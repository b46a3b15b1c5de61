import type { Reporter } from '@llm-otel/common';

/** Work on files, one after the other. What fails is reported and holds up nothing. */
export class WorkQueue {
  readonly #reporter: Reporter;
  #last: Promise<void> = Promise.resolve();

  constructor(reporter: Reporter) {
    this.#reporter = reporter;
  }

  /** @returns what resolves when it is done, and does not reject */
  do(work: () => Promise<void>): Promise<void> {
    this.#last = this.#last.then(work).catch((error: unknown) => {
      this.#reporter.errorOnce('the storage does not work', error);
    });
    return this.#last;
  }
}
