import { Flush } from './flush.js';
import { IncidentLog } from './incident-log.js';
import { type BatchingStats, type DropReason, Ledger } from './ledger.js';
import type { SendFailure } from './sink.js';

/** Whatever becomes of a span is told here once, and from here to the ledger, to those who wait, and to the log. */
export class Accounts {
  readonly #ledger = new Ledger();
  readonly #flushes = new Set<Flush>();
  readonly #log: IncidentLog;
  #parked = 0;
  #restorations = 0;
  #delay: unknown;

  constructor(owner: string) {
    this.#log = new IncidentLog(owner);
  }

  /** Queued items that a store has, and that have no number. */
  get inStore(): number {
    return this.#parked;
  }

  /** How often a store gave items back: they are not among those that a flush opened before waits for. */
  get restorations(): number {
    return this.#restorations;
  }

  /** What the last attempt failed with, if it failed in a way that may pass. */
  get delay(): unknown {
    return this.#delay;
  }

  stats(): BatchingStats {
    return this.#ledger.stats();
  }

  /** @param until - the number of the first item that is not waited for */
  openFlush(until: number): Flush {
    const flush = new Flush(until, this.#ledger.outstanding - this.#parked);
    this.#flushes.add(flush);
    return flush;
  }

  closeFlush(flush: Flush): void {
    this.#flushes.delete(flush);
  }

  queued(): void {
    this.#ledger.queue(1);
  }

  /** What another process left waits here now, in a store at first. */
  recovered(count: number): void {
    this.#ledger.queue(count);
    this.#parked += count;
  }

  refused(reason: DropReason, count = 1): void {
    this.#ledger.refuse(count, reason);
    if (count > 0) this.#log.dropped(count, reason);
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
    this.#delay = failure.error;
    this.#log.failing(failure.problem, this.#ledger.outstanding);
  }

  delivered(first: number, count: number): void {
    this.#delay = undefined;
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

  /** Items that were in flight wait again. */
  requeued(count: number): void {
    this.#ledger.requeue(count);
  }

  /** A store has them, they lose their numbers, and no flush that was opened before waits for them. */
  parked(first: number, count: number): void {
    this.#parked += count;
    this.#settleFlushes(first, count);
  }

  /** They are in the queue again, under other numbers. */
  restored(count: number): void {
    this.#parked -= count;
    if (count > 0) this.#restorations++;
  }

  droppedFromStore(count: number, reason: DropReason): void {
    this.#parked -= count;
    this.#ledger.dropQueued(count, reason);
    this.#log.dropped(count, reason);
  }

  /** The process ends, and not all could be flushed. */
  exiting(): void {
    if (this.#ledger.outstanding > 0) this.#log.exiting(this.#ledger.outstanding);
  }

  #settleFlushes(first: number, count: number, loss?: { reason: DropReason; error: unknown }): void {
    for (const flush of this.#flushes) flush.settle(first, count, loss);
  }
}
