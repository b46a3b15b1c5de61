import { Flush } from './flush.js';
import { IncidentLog } from './incident-log.js';
import { type BatchingStats, type DropReason, Ledger } from './ledger.js';
import type { SendFailure } from './sink.js';

/** Receives every change of a span's state once, and passes it to the ledger, to flushes that wait, and to the log. */
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

  /** Queued items that are in a store only, and have no number. */
  get inStore(): number {
    return this.#parked;
  }

  /** How often a store has given items back. Flushes that were opened before do not wait for these items. */
  get restorations(): number {
    return this.#restorations;
  }

  /** Error of the last attempt, if it failed temporarily. */
  get delay(): unknown {
    return this.#delay;
  }

  stats(): BatchingStats {
    return this.#ledger.stats();
  }

  /** @param until - number of the first item for which the flush does not wait */
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

  /** Items that another process left are now queued here, at first in a store. */
  recovered(count: number): void {
    this.#ledger.queue(count);
    this.#parked += count;
  }

  refused(reason: DropReason, count = 1): void {
    this.#ledger.refuse(count, reason);
    if (count > 0) this.#log.dropped(count, reason);
  }

  /** @param first - number of the first of these items, as in the methods below */
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

  /** Items that were in flight are queued again. */
  requeued(count: number): void {
    this.#ledger.requeue(count);
  }

  /** Items are now in a store only: they lose their numbers, and no flush that was opened before waits for them. */
  parked(first: number, count: number): void {
    this.#parked += count;
    this.#settleFlushes(first, count);
  }

  /** Items from a store are in the queue again, with new numbers. */
  restored(count: number): void {
    this.#parked -= count;
    if (count > 0) this.#restorations++;
  }

  droppedFromStore(count: number, reason: DropReason): void {
    this.#parked -= count;
    this.#ledger.dropQueued(count, reason);
    this.#log.dropped(count, reason);
  }

  /** The process is ending, and not everything could be flushed. */
  exiting(): void {
    if (this.#ledger.outstanding > 0) this.#log.exiting(this.#ledger.outstanding);
  }

  #settleFlushes(first: number, count: number, loss?: { reason: DropReason; error: unknown }): void {
    for (const flush of this.#flushes) flush.settle(first, count, loss);
  }
}
