import { clearInterval, setInterval } from 'node:timers';
import type { Accounts } from './accounts.js';
import type { Delivery } from './delivery.js';
import { flushOnExit } from './flush-on-exit.js';
import { Deadline } from './waiting.js';

/** How long the end of the process waits for a failing backend. If none is running, waiting longer is useless. */
const PATIENCE_MILLIS = 5_000;

/** Flushes one exporter when the process ends, and tells `diag` what is lost then. */
export class FlushBeforeExit {
  readonly #accounts: Accounts;
  readonly #delivery: Pick<Delivery<unknown>, 'isStuck'>;
  readonly #flush: (deadline: Deadline) => Promise<void>;
  readonly #timeoutMillis: number;
  readonly #forget: () => void;
  #acceptedAtLastFlush = 0;
  #lastFlush: Promise<void> | undefined;
  #acceptedWhenTold = 0;

  /**
   * @param hasStore - whether what can't be sent is kept: it is not lost then
   * @param flush - sends everything; rejects if that is not possible before the deadline
   */
  constructor(
    accounts: Accounts,
    delivery: Pick<Delivery<unknown>, 'isStuck'>,
    timeoutMillis: number,
    hasStore: boolean,
    flush: (deadline: Deadline) => Promise<void>,
  ) {
    this.#accounts = accounts;
    this.#delivery = delivery;
    this.#flush = flush;
    this.#timeoutMillis = timeoutMillis;
    this.#forget = flushOnExit(
      () => this.#flushOnce(),
      () => !hasStore && this.#tell(),
    );
  }

  /** Nothing is done at the end of the process any more. */
  forget(): void {
    this.#forget();
  }

  /** Once for the same spans: `beforeExit` comes again after whatever is done in it, and a signal may come again. */
  async #flushOnce(): Promise<void> {
    const { accepted, queued, inFlight } = this.#accounts.stats();
    if (queued + inFlight === 0) return;
    if (accepted !== this.#acceptedAtLastFlush) {
      this.#acceptedAtLastFlush = accepted;
      this.#lastFlush = this.#flushPatiently();
    }
    return this.#lastFlush;
  }

  async #flushPatiently(): Promise<void> {
    const deadline = new Deadline(this.#timeoutMillis);
    const patience = setInterval(() => {
      if (this.#delivery.isStuck) deadline.expire();
    }, PATIENCE_MILLIS);
    await this.#flush(deadline).catch(() => this.#tell());
    clearInterval(patience);
    deadline.cancel();
  }

  #tell(): void {
    const { accepted } = this.#accounts.stats();
    if (accepted === this.#acceptedWhenTold) return;
    this.#acceptedWhenTold = accepted;
    this.#accounts.exiting();
  }
}
