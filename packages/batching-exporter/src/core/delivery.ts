import type { ResolvedOptions } from '../options.js';
import type { Accounts } from './accounts.js';
import { Circuit } from './circuit.js';
import type { DropReason } from './ledger.js';
import type { ExporterMetrics } from './metrics.js';
import type { Delivered, SendFailure, Sink } from './sink.js';
import type { Store } from './store.js';
import { nextTurn } from './waiting.js';

/** Items that are sent together; `first` is the number of the first one. */
export interface Batch<Item> {
  readonly items: readonly Item[];
  readonly first: number;
}

/** Attempts to send batches until each of their items is delivered or lost, and accounts for it once. */
export class Delivery<Item> {
  readonly #sink: Sink<Item>;
  readonly #retry: ResolvedOptions['retry'];
  readonly #accounts: Accounts;
  readonly #store: Store<Item> | undefined;
  readonly #metrics: ExporterMetrics | undefined;
  readonly #circuit: Circuit;
  /** Batches that are not accounted for yet. One may be removed during any `await`. */
  readonly #open = new Set<Batch<Item>>();
  #lastAttemptAt = Number.POSITIVE_INFINITY;

  constructor(
    sink: Sink<Item>,
    retry: ResolvedOptions['retry'],
    accounts: Accounts,
    store: Store<Item> | undefined,
    metrics: ExporterMetrics | undefined,
  ) {
    this.#sink = sink;
    this.#retry = retry;
    this.#circuit = new Circuit(retry);
    this.#accounts = accounts;
    this.#store = store;
    this.#metrics = metrics;
  }

  deliver(batch: Batch<Item>): Promise<void> {
    this.#open.add(batch);
    return this.#attempt(batch);
  }

  /** Whether the last attempt failed temporarily. */
  get isStuck(): boolean {
    return this.#circuit.isOpen;
  }

  /** Whether there will be another attempt before `noAttemptAfter`. */
  get mayAttempt(): boolean {
    return this.#circuit.nextAttemptAt(true) < this.#lastAttemptAt;
  }

  /** Ends the current intervals between attempts. */
  hurry(): void {
    this.#circuit.hurry();
  }

  /** Ends the current intervals for the last time. From `time` on, no attempt is made: a shutdown must not wait for one. */
  noAttemptAfter(time: number): void {
    this.#lastAttemptAt = time;
    this.#circuit.hurry(true);
  }

  /** Counts everything that is still open as lost. Later results of these batches are not counted again. */
  abandonAll(reason: DropReason): void {
    for (const batch of this.#open) this.#lose(batch, reason);
    this.#circuit.hurry();
  }

  async #attempt(batch: Batch<Item>): Promise<void> {
    let giveUpAt = Number.POSITIVE_INFINITY;
    let failure: SendFailure | undefined;
    while (this.#open.has(batch)) {
      const isFirst = failure === undefined;
      const nextAt = this.#circuit.nextAttemptAt(isFirst);
      // A batch does not wait for an attempt that would be too late. An attempt that was due in time is made, however
      // late it is by now: the process may have been frozen.
      if (nextAt > giveUpAt) return this.#lose(batch, 'retry_exhausted', failure);
      if (Math.max(nextAt, performance.now()) >= this.#lastAttemptAt) {
        await this.#store?.write();
        if (this.#open.has(batch)) this.#lose(batch, 'shutdown_timeout', failure);
        return;
      }
      const attempt = this.#circuit.tryEnter(isFirst);
      if (attempt === undefined) {
        await this.#circuit.change(isFirst);
        continue;
      }
      if (isFirst) giveUpAt = performance.now() + this.#retry.maxElapsedTimeMillis;
      const startedAt = performance.now();
      const result = await this.#sink.send(batch.items);
      this.#metrics?.attempted((performance.now() - startedAt) / 1_000, result);
      if (result.status === 'retry') this.#circuit.failed(attempt, result.retryAfterMillis);
      else this.#circuit.succeeded(attempt);
      if (!this.#open.has(batch)) return;
      if (result.status === 'delivered') this.#delivered(batch, result);
      else if (result.status === 'split' && batch.items.length > 1) await this.#attemptHalves(batch);
      else if (result.status === 'retry') {
        failure = result;
        if (this.#circuit.nextAttemptAt(false) <= giveUpAt) this.#accounts.retrying(failure);
      } else this.#lose(batch, 'rejected', result);
    }
  }

  async #attemptHalves(batch: Batch<Item>): Promise<void> {
    const middle = Math.ceil(batch.items.length / 2);
    const halves = [
      { first: batch.first, items: batch.items.slice(0, middle) },
      { first: batch.first + middle, items: batch.items.slice(middle) },
    ];
    this.#open.delete(batch);
    for (const half of halves) this.#open.add(half);
    for (const half of halves) {
      await nextTurn();
      await this.#attempt(half);
    }
  }

  #delivered(batch: Batch<Item>, { rejected }: Delivered): void {
    this.#open.delete(batch);
    this.#store?.settled(batch.items);
    const lost = Math.min(rejected?.count ?? 0, batch.items.length);
    // The backend does not say which ones.
    const firstLost = batch.first + batch.items.length - lost;
    if (lost > 0) this.#accounts.lost(firstLost, lost, 'rejected', rejected);
    this.#accounts.delivered(batch.first, batch.items.length - lost);
  }

  #lose(batch: Batch<Item>, reason: DropReason, failure?: SendFailure): void {
    this.#open.delete(batch);
    if (reason !== 'rejected' && this.#store !== undefined) {
      this.#leaveTo(this.#store, batch, reason, failure);
      return;
    }
    this.#store?.settled(batch.items);
    this.#accounts.lost(batch.first, batch.items.length, reason, failure);
  }

  #leaveTo(
    store: Store<Item>,
    { first, items }: Batch<Item>,
    reason: DropReason,
    failure?: SendFailure,
  ): void {
    items.forEach((item, at) => {
      if (store.takeOver(item, reason)) {
        this.#accounts.requeued(1);
        this.#accounts.parked(first + at, 1);
      } else {
        store.settled([item]);
        this.#accounts.lost(first + at, 1, reason, failure);
      }
    });
  }
}
