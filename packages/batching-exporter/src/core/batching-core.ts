import { clearTimeout, setImmediate, setTimeout } from 'node:timers';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import type { ResolvedOptions } from '../options.js';
import { Accounts } from './accounts.js';
import { Backlog } from './backlog.js';
import { Delivery } from './delivery.js';
import type { Flush } from './flush.js';
import { FlushBeforeExit } from './flush-before-exit.js';
import type { BatchingStats } from './ledger.js';
import { ExporterMetrics } from './metrics.js';
import type { Sink, Sized } from './sink.js';
import type { Store, StoreOwner } from './store.js';
import { Deadline, pause } from './waiting.js';

/** How often a flush checks whether a store has given back what it is waiting for. */
const LOOK_AGAIN_MILLIS = 5;
/** The part of a shutdown's time that sending may take if unsent spans can be stored. */
const SENDING_BEFORE_STORING = 0.8;

/** Queue, batches and lifecycle of a batching exporter; what is sent, and how, is up to its sink. */
export class BatchingCore<Item> {
  readonly #owner: string;
  readonly #sink: Sink<Item>;
  readonly #options: ResolvedOptions;
  readonly #accounts: Accounts;
  readonly #backlog: Backlog<Item>;
  readonly #delivery: Delivery<Item>;
  readonly #store: Store<Item> | undefined;
  /** Items numbered below this are sent even if they don't fill a batch. */
  #sendUntil = 0;
  #inFlight = 0;
  /**
   * What the next turn and the timer were scheduled with, while they are ahead. If it has been replaced since, as the fake
   * timers of a test are at its end, they may never come.
   */
  #turnBy: typeof setImmediate | undefined;
  #timerBy: typeof setTimeout | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #beforeExit: FlushBeforeExit | undefined;
  #shutdown: Promise<void> | undefined;

  constructor(owner: string, sink: Sink<Item>, options: ResolvedOptions, store?: Store<Item>) {
    this.#owner = owner;
    this.#sink = sink;
    this.#options = options;
    this.#accounts = new Accounts(owner);
    this.#backlog = new Backlog(sink, options, this.#accounts, store);
    const { meterProvider, queue } = options;
    const metrics =
      meterProvider && new ExporterMetrics(meterProvider, owner, queue.maxSpans, () => this.stats());
    this.#delivery = new Delivery(sink, options.retry, this.#accounts, store, metrics);
    this.#store = store;
    if (options.flushOnExit)
      this.#beforeExit = new FlushBeforeExit(
        this.#accounts,
        this.#delivery,
        options.timeoutMillis,
        store !== undefined,
        (deadline) => this.#shutdown ?? this.#flush(deadline),
      );
    store?.attach(this.#storeOwner());
  }

  get isShutDown(): boolean {
    return this.#shutdown !== undefined;
  }

  stats(): BatchingStats {
    return this.#accounts.stats();
  }

  /** Accepts spans: each will be delivered, or counted as dropped. */
  accept(spans: readonly ReadableSpan[]): void {
    for (const span of spans) {
      const refusal = this.isShutDown ? 'already_shutdown' : this.#backlog.add(span);
      if (refusal === undefined) this.#accounts.queued();
      else this.#accounts.refused(refusal);
    }
    this.#goOn();
  }

  /** @throws Error that says how many of the spans accepted before were not delivered, and why */
  async forceFlush(): Promise<void> {
    if (this.#shutdown !== undefined) return this.#shutdown;
    return this.#flush(new Deadline(this.#options.timeoutMillis));
  }

  shutdown(): Promise<void> {
    this.#shutdown ??= this.#close();
    return this.#shutdown;
  }

  async #flush(deadline: Deadline): Promise<void> {
    const { timeoutMillis } = this.#options;
    try {
      const failure = await this.#drain(deadline);
      const sinkFlush = deadline.within(this.#sink.forceFlush());
      if (failure !== undefined) {
        await sinkFlush.catch(() => undefined);
        throw failure;
      }
      if ((await sinkFlush) === 'expired')
        throw new Error(`${this.#owner}: forceFlush did not finish within ${timeoutMillis} ms.`);
    } finally {
      deadline.cancel();
    }
  }

  async #close(): Promise<void> {
    const deadline = new Deadline(this.#options.timeoutMillis);
    await this.#drainBefore(deadline.at);
    clearTimeout(this.#timer);
    if (this.#store !== undefined) {
      this.#backlog.prepareAll();
      await deadline.within(this.#store.stop());
    }
    this.#delivery.abandonAll('shutdown_timeout');
    this.#backlog.dropAll('shutdown_timeout');
    await deadline.within(this.#sink.shutdown());
    await deadline.within(this.#store?.close());
    deadline.cancel();
    this.#beforeExit?.forget();
  }

  /** Sends for the last time. Some of the time is left to a store: what is on disk need not be dropped. */
  async #drainBefore(end: number): Promise<void> {
    const millis = (end - performance.now()) * (this.#store === undefined ? 1 : SENDING_BEFORE_STORING);
    const deadline = new Deadline(millis);
    this.#delivery.noAttemptAfter(deadline.at);
    await this.#drain(deadline);
    deadline.cancel();
  }

  /** Sends everything, including what a store gives back meanwhile. @returns an error about what was not delivered */
  async #drain(deadline: Deadline): Promise<Error | undefined> {
    for (;;) {
      const { restorations } = this.#accounts;
      const flush = this.#sendAll();
      const outcome = await deadline.within(flush.done);
      this.#accounts.closeFlush(flush);
      const failure = flush.failure(this.#owner, this.#options.timeoutMillis, this.#accounts.delay);
      if (failure !== undefined || outcome === 'expired') return failure;
      const { inStore, restorations: now } = this.#accounts;
      const isOver = inStore === 0 && now === restorations && this.#store?.isReading !== true;
      if (isOver || !this.#store?.givesBack || !this.#delivery.mayAttempt) return undefined;
      await deadline.within(pause(LOOK_AGAIN_MILLIS));
    }
  }

  /** Sends everything now, without waiting for a batch to fill or a backoff to end. */
  #sendAll(): Flush {
    this.#sendUntil = this.#backlog.next;
    const flush = this.#accounts.openFlush(this.#sendUntil);
    this.#delivery.hurry();
    // Not in a later turn: with the fake timers of a test there may be none.
    this.#work();
    this.#goOn();
    return flush;
  }

  /** Schedules a turn of the event loop that prepares and sends what waits. */
  #goOn(): void {
    this.#store?.refill();
    if (this.#turnBy === setImmediate || this.#backlog.isEmpty) return;
    if (this.#needsPreparing || this.#canSend) {
      this.#turnBy = setImmediate;
      setImmediate(() => this.#turn());
    } else if (this.#inFlight < this.#options.concurrencyLimit && this.#timerBy !== setTimeout) {
      this.#timerBy = setTimeout;
      this.#timer = setTimeout(() => {
        this.#timerBy = undefined;
        this.#sendUntil = this.#backlog.next;
        this.#goOn();
      }, this.#options.batch.flushIntervalMillis).unref();
    }
  }

  #turn(): void {
    this.#turnBy = undefined;
    this.#work();
    this.#goOn();
  }

  /** One slice and one batch a turn: each may hold the event loop for as long as its serialization takes. */
  #work(): void {
    if (this.#needsPreparing) this.#backlog.prepareSlice();
    if (this.#canSend) {
      const batch = this.#backlog.takeBatch();
      if (batch !== undefined) {
        this.#inFlight++;
        this.#accounts.taken(batch.items.length);
        void this.#delivery.deliver(batch).then(() => {
          this.#inFlight--;
          this.#goOn();
        });
      }
    }
  }

  #storeOwner(): StoreOwner<Item> {
    const backlog = this.#backlog;
    const accounts = this.#accounts;
    const take = (items: readonly Sized<Item>[]): void => {
      backlog.restore(items);
      this.#goOn();
    };
    return {
      get hasRoom() {
        return backlog.hasRoom;
      },
      prepareAll: () => backlog.prepareAll(),
      restore: take,
      recover: (items) => {
        accounts.recovered(items.length);
        take(items);
      },
      lost: (count, reason) => accounts.droppedFromStore(count, reason),
      lostUnseen: (count, reason) => accounts.refused(reason, count),
    };
  }

  get #needsPreparing(): boolean {
    return this.#backlog.needsPreparing(this.#store !== undefined || this.#delivery.isStuck);
  }

  get #canSend(): boolean {
    return this.#inFlight < this.#options.concurrencyLimit && this.#backlog.isBatchDue(this.#sendUntil);
  }
}
