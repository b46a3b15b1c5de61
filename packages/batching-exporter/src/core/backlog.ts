import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import type { ResolvedOptions } from '../options.js';
import type { Accounts } from './accounts.js';
import type { Batch } from './delivery.js';
import type { DropReason } from './ledger.js';
import type { Sink, Sized } from './sink.js';
import { SizedQueue } from './sized-queue.js';
import type { Store } from './store.js';
import { withoutContent } from './without-content.js';

/** How much is prepared in one turn of the event loop, which takes well below a millisecond. */
const SLICE_SPANS = 128;
const SLICE_BYTES = 256 * 1_024;
/** How many batches are kept prepared. */
const BATCHES_AHEAD = 4;

/** The bounded queue: first of spans as they arrive, then of the items that a sink creates from them. */
export class Backlog<Item> {
  readonly #sink: Sink<Item>;
  readonly #bounds: ResolvedOptions['queue'];
  readonly #batch: ResolvedOptions['batch'];
  readonly #accounts: Accounts;
  readonly #store: Store<Item> | undefined;
  /** Items before number `#preparedUntil`, spans from there on; `undefined` for those in `#refused`. */
  readonly #queue = new SizedQueue<Item | ReadableSpan | undefined>();
  #preparedUntil = 0;
  #preparedBytes = 0;
  /** Spans from which no item could be created, in order. They leave the queue when it is their turn. */
  readonly #refused: { readonly number: number; readonly reason: DropReason }[] = [];
  /** Items that a store gave back, held until all spans that arrived before are prepared. */
  #restored: readonly Sized<Item>[] = [];

  constructor(sink: Sink<Item>, options: ResolvedOptions, accounts: Accounts, store?: Store<Item>) {
    this.#sink = sink;
    this.#bounds = options.queue;
    this.#batch = options.batch;
    this.#accounts = accounts;
    this.#store = store;
  }

  /** The number of the next span to arrive. */
  get next(): number {
    return this.#queue.next;
  }

  get isEmpty(): boolean {
    // What was given back is only held behind spans.
    return this.#queue.length === 0;
  }

  /** Whether there is room for what a store gives back. The last half is reserved for new spans. */
  get hasRoom(): boolean {
    const { length, bytes } = this.#queue;
    return (
      this.#restored.length === 0 && length < this.#bounds.maxSpans / 2 && bytes < this.#bounds.maxBytes / 2
    );
  }

  /**
   * Whether there is something to prepare.
   *
   * @param isStuck - whether nothing is being delivered. Items take less memory than spans, and give the garbage collector
   *   nothing to look at; but while they are sent at once, it is faster to create no more of them than are sent
   */
  needsPreparing(isStuck: boolean): boolean {
    if (this.#preparedUntil >= this.#queue.next) return false;
    return isStuck || this.#preparedBytes < BATCHES_AHEAD * this.#batch.maxBytes;
  }

  /** @returns why the span is refused; `undefined` if it is accepted */
  add(span: ReadableSpan): DropReason | undefined {
    let bytes: number;
    try {
      bytes = this.#sink.measure(span);
      if (bytes > this.#batch.maxBytes) {
        span = withoutContent(span);
        bytes = this.#sink.measure(span);
      }
    } catch {
      return 'invalid_span';
    }
    if (!Number.isFinite(bytes)) return 'invalid_span';
    if (bytes > this.#batch.maxBytes) return 'span_too_large';
    const { maxSpans, maxBytes, overflow } = this.#bounds;
    const queue = this.#queue;
    while (queue.length >= maxSpans || queue.bytes + bytes > maxBytes) {
      if (this.#parkOldest('queue_full')) continue;
      if (overflow === 'drop-newest') return 'queue_full';
      this.#dropOldest('queue_full');
    }
    queue.push({ item: span, bytes });
    return undefined;
  }

  /** @param items - given back by a store; there must be room for them */
  restore(items: readonly Sized<Item>[]): void {
    this.#restored = items;
    this.#enqueueRestored();
  }

  /** Creates items from some of the spans. */
  prepareSlice(): void {
    const items: Sized<Item>[] = [];
    let bytes = 0;
    for (let spans = 0; spans < SLICE_SPANS && bytes < SLICE_BYTES; spans++) {
      const waiting = this.#queue.at(this.#preparedUntil);
      if (waiting === undefined) break;
      const sized = this.#sink.prepare(waiting.item as ReadableSpan, waiting.bytes);
      bytes += waiting.bytes;
      if ('refused' in sized) {
        this.#refused.push({ number: this.#preparedUntil, reason: sized.refused });
        this.#queue.replace(this.#preparedUntil++, { item: undefined, bytes: 0 });
      } else {
        this.#queue.replace(this.#preparedUntil++, sized);
        this.#preparedBytes += sized.bytes;
        items.push(sized);
      }
    }
    if (items.length > 0) this.#store?.prepared(items);
    this.#enqueueRestored();
  }

  prepareAll(): void {
    while (this.#preparedUntil < this.#queue.next) this.prepareSlice();
  }

  /** Whether a batch is ready: a full one, or anything numbered below `until`. */
  isBatchDue(until: number): boolean {
    const { first } = this.#queue;
    const prepared = this.#preparedUntil - first;
    if (prepared >= this.#batch.maxSpans || this.#preparedBytes >= this.#batch.maxBytes) return true;
    return prepared > 0 && first < until && this.#preparedUntil >= until;
  }

  takeBatch(): Batch<Item> | undefined {
    const queue = this.#queue;
    while (this.#refused[0]?.number === queue.first) this.#dropOldest(this.#refused[0].reason);
    const { first } = queue;
    const until = Math.min(this.#preparedUntil, this.#refused[0]?.number ?? Number.POSITIVE_INFINITY);
    const bytesBefore = queue.bytes;
    const items = queue.take(Math.min(this.#batch.maxSpans, until - first), this.#batch.maxBytes);
    this.#preparedBytes -= bytesBefore - queue.bytes;
    // Everything below `#preparedUntil` that is not refused is an item.
    return items.length === 0 ? undefined : { first, items: items as Item[] };
  }

  dropAll(reason: DropReason): void {
    while (this.#queue.length > 0) if (!this.#parkOldest(reason)) this.#dropOldest(reason);
  }

  /** Leaves the oldest item to the store. @returns whether the store took it */
  #parkOldest(reason: DropReason): boolean {
    const { first } = this.#queue;
    const oldest = this.#queue.at(first);
    if (this.#store === undefined || oldest?.item === undefined || first >= this.#preparedUntil) return false;
    if (!this.#store.takeOver(oldest.item as Item, reason)) return false;
    this.#queue.shift();
    this.#preparedBytes -= oldest.bytes;
    this.#accounts.parked(first, 1);
    return true;
  }

  #enqueueRestored(): void {
    if (this.#preparedUntil < this.#queue.next) return;
    for (const sized of this.#restored) {
      this.#queue.push(sized);
      this.#preparedUntil++;
      this.#preparedBytes += sized.bytes;
    }
    this.#accounts.restored(this.#restored.length);
    this.#restored = [];
  }

  #dropOldest(reason: DropReason): void {
    const { first } = this.#queue;
    const oldest = this.#queue.shift();
    if (first >= this.#preparedUntil) this.#preparedUntil++;
    else if (this.#refused[0]?.number === first) this.#refused.shift();
    else if (oldest !== undefined) {
      this.#preparedBytes -= oldest.bytes;
      this.#store?.settled([oldest.item as Item]);
    }
    this.#accounts.droppedFromQueue(first, 1, reason);
  }
}
