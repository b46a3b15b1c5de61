import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import type { ResolvedOptions } from '../options.js';
import { Accounts } from './accounts.js';
import { Delivery } from './delivery.js';
import type { Flush } from './flush.js';
import type { BatchingStats, DropReason } from './ledger.js';
import type { Sink } from './sink.js';
import { SizedQueue } from './sized-queue.js';
import { Deadline, nextTurn } from './waiting.js';

/** Queue, batches and lifecycle of a batching exporter; what is sent, and how, is its sink's business. */
export class BatchingCore<Item> {
  readonly #owner: string;
  readonly #sink: Sink<Item>;
  readonly #options: ResolvedOptions;
  readonly #accounts: Accounts;
  readonly #delivery: Delivery<Item>;
  readonly #queue = new SizedQueue<Item>();
  /** Items numbered below this are sent even if they don't fill a batch. */
  #sendUntil = 0;
  #sending = false;
  #timer: NodeJS.Timeout | undefined;
  #shutdown: Promise<void> | undefined;

  constructor(owner: string, sink: Sink<Item>, options: ResolvedOptions) {
    this.#owner = owner;
    this.#sink = sink;
    this.#options = options;
    this.#accounts = new Accounts(owner);
    this.#delivery = new Delivery(sink, options.retry, this.#accounts);
  }

  get isShutDown(): boolean {
    return this.#shutdown !== undefined;
  }

  stats(): BatchingStats {
    return this.#accounts.stats();
  }

  /** Takes charge of spans: each will be delivered, or counted as dropped. */
  accept(spans: readonly ReadableSpan[]): void {
    for (const span of spans) {
      const refusal = this.#enqueue(span);
      if (refusal === undefined) this.#accounts.queued();
      else this.#accounts.refused(refusal);
    }
    this.#sendIfDue();
  }

  /** @throws Error that says how many of the spans accepted before were not delivered, and why */
  async forceFlush(): Promise<void> {
    if (this.#shutdown !== undefined) return this.#shutdown;
    const { timeoutMillis } = this.#options;
    const deadline = new Deadline(timeoutMillis);
    const flush = this.#sendAll();
    try {
      await deadline.within(flush.done);
      const failure = flush.failure(this.#owner, timeoutMillis);
      const sinkFlush = await deadline.within(this.#sink.forceFlush());
      if (failure !== undefined) throw failure;
      if (sinkFlush === 'expired')
        throw new Error(`${this.#owner}: forceFlush was not finished after ${timeoutMillis} ms.`);
    } finally {
      this.#accounts.closeFlush(flush);
      deadline.cancel();
    }
  }

  shutdown(): Promise<void> {
    this.#shutdown ??= this.#close();
    return this.#shutdown;
  }

  async #close(): Promise<void> {
    const deadline = new Deadline(this.#options.timeoutMillis);
    this.#delivery.noAttemptAfter(deadline.at);
    await deadline.within(this.#sendAll().done);
    this.#abandonAll('shutdown_timeout');
    await deadline.within(this.#sink.shutdown());
    deadline.cancel();
  }

  #enqueue(span: ReadableSpan): DropReason | undefined {
    if (this.isShutDown) return 'already_shutdown';
    const { maxSpans, maxBytes, overflow } = this.#options.queue;
    const queue = this.#queue;
    try {
      const sized = this.#sink.prepare(span);
      if (sized.bytes > maxBytes) return 'span_too_large';
      while (queue.length >= maxSpans || queue.bytes + sized.bytes > maxBytes) {
        if (overflow === 'drop-newest') return 'queue_full';
        const { first } = queue;
        queue.shift();
        this.#accounts.droppedFromQueue(first, 1, 'queue_full');
      }
      queue.push(sized);
      return undefined;
    } catch {
      return 'invalid_span';
    }
  }

  /** Has all that is there sent now, without waiting for a batch to fill or a backoff to end. */
  #sendAll(): Flush {
    this.#sendUntil = this.#queue.next;
    const flush = this.#accounts.openFlush(this.#sendUntil);
    this.#delivery.hurry();
    this.#sendIfDue();
    return flush;
  }

  #sendIfDue(): void {
    if (this.#sending || this.#queue.length === 0) return;
    if (this.#isBatchDue()) {
      this.#sending = true;
      void this.#sendWhileDue();
      return;
    }
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#sendUntil = this.#queue.next;
      this.#sendIfDue();
    }, this.#options.batch.flushIntervalMillis).unref();
  }

  #isBatchDue(): boolean {
    const { maxSpans, maxBytes } = this.#options.batch;
    const { length, bytes, first } = this.#queue;
    return length > 0 && (first < this.#sendUntil || length >= maxSpans || bytes >= maxBytes);
  }

  /** One batch a turn: handing one over may hold the event loop for as long as its serialization takes. */
  async #sendWhileDue(): Promise<void> {
    const { maxSpans, maxBytes } = this.#options.batch;
    for (;;) {
      await nextTurn();
      if (!this.#isBatchDue()) break;
      const { first } = this.#queue;
      const items = this.#queue.take(maxSpans, maxBytes);
      this.#accounts.taken(items.length);
      await this.#delivery.deliver({ first, items });
    }
    this.#sending = false;
    this.#sendIfDue();
  }

  #abandonAll(reason: DropReason): void {
    clearTimeout(this.#timer);
    this.#delivery.abandonAll(reason);
    const { first, length } = this.#queue;
    this.#queue.clear();
    if (length > 0) this.#accounts.droppedFromQueue(first, length, reason);
  }
}
