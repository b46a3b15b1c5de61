import { Flush } from './flush.js';
import { IncidentLog } from './incident-log.js';
import { type BatchingStats, type DropReason, Ledger } from './ledger.js';
import type { SendFailure } from './sink.js';

/** Whatever becomes of a span is told here once, and from here to the ledger, to those who wait, and to the log. */
export class Accounts {
  readonly #ledger = new Ledger();
  readonly #flushes = new Set<Flush>();
  readonly #log: IncidentLog;

  constructor(owner: string) {
    this.#log = new IncidentLog(owner);
  }

  stats(): BatchingStats {
    return this.#ledger.stats();
  }

  /** @param until - the number of the first item that is not waited for */
  openFlush(until: number): Flush {
    const flush = new Flush(until, this.#ledger.outstanding);
    this.#flushes.add(flush);
    return flush;
  }

  closeFlush(flush: Flush): void {
    this.#flushes.delete(flush);
  }

  queued(): void {
    this.#ledger.queue();
  }

  refused(reason: DropReason): void {
    this.#ledger.refuse(reason);
    this.#log.dropped(1, reason);
  }

  /** @param first - the number of the first of them, as with all that follow */
  droppedFromQueue(first: number, count: number, reason: DropReason): void {
    this.#ledger.dropQueued(count, reason);
    this.#settleFlushes(first, count, { reason, error: undefined });
    this.#log.dropped(count, reason);
  }

  taken(count: number): void {
    this.#ledger.send(count);
  }

  retrying(failure: SendFailure): void {
    this.#log.failing(failure.problem, this.#ledger.outstanding);
  }

  delivered(first: number, count: number): void {
    this.#ledger.settle(count, 'exported');
    this.#settleFlushes(first, count);
    this.#log.delivered(this.#ledger.outstanding);
  }

  lost(
    first: number,
    count: number,
    reason: DropReason,
    failure?: Pick<SendFailure, 'problem' | 'error'>,
  ): void {
    this.#ledger.settle(count, reason);
    this.#settleFlushes(first, count, { reason, error: failure?.error });
    this.#log.dropped(count, reason, failure?.problem);
  }

  /** A store keeps them: they wait again, and no flush waits for them. */
  stored(first: number, count: number): void {
    this.#ledger.requeue(count);
    this.#settleFlushes(first, count);
  }

  /** The process ends, and not all could be flushed. */
  exiting(): void {
    if (this.#ledger.outstanding > 0) this.#log.exiting(this.#ledger.outstanding);
  }

  #settleFlushes(first: number, count: number, loss?: { reason: DropReason; error: unknown }): void {
    for (const flush of this.#flushes) flush.settle(first, count, loss);
  }
}
