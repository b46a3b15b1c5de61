import type { Reporter } from '@llm-otel/common';
import type { Sized } from '../core/sink.js';
import type { StoreOwner } from '../core/store.js';
import { nextTurn, pause } from '../core/waiting.js';
import type { Codec } from './codec.js';
import type { LeftFile } from './folder.js';
import type { Items } from './items.js';
import type { LeftFiles } from './left-files.js';
import { countOf, type StoredRecord, type StoredRecords } from './records.js';
import type { SegmentLog } from './segment-log.js';
import type { WorkQueue } from './work-queue.js';

const READ_AGAIN_MILLIS = 1_000;
/** How many items are decoded in one turn of the event loop; it is at least one record. */
const ITEMS_A_TURN = 512;

/** Gives back, one file at a time and when there is room, what ended processes left and what memory gave up. */
export class Reader<Item> {
  readonly #codec: Codec<Item>;
  readonly #items: Items<Item>;
  readonly #log: SegmentLog;
  readonly #left: LeftFiles;
  readonly #work: WorkQueue;
  readonly #reporter: Reporter;
  #owner: StoreOwner<Item> | undefined;
  #recovered = 0;
  #tornFiles = 0;
  /** It waits before it tries again what could not be read. */
  #state: 'idle' | 'reading' | 'waiting' = 'idle';
  #isStopped = false;
  #reading: Promise<void> = Promise.resolve();

  constructor(
    codec: Codec<Item>,
    items: Items<Item>,
    log: SegmentLog,
    left: LeftFiles,
    work: WorkQueue,
    reporter: Reporter,
  ) {
    this.#codec = codec;
    this.#items = items;
    this.#log = log;
    this.#left = left;
    this.#work = work;
    this.#reporter = reporter;
  }

  get isStopped(): boolean {
    return this.#isStopped;
  }

  get isReading(): boolean {
    return this.#state === 'reading';
  }

  get recovered(): number {
    return this.#recovered;
  }

  get tornFiles(): number {
    return this.#tornFiles;
  }

  attach(owner: StoreOwner<Item>): void {
    this.#owner = owner;
  }

  refill(): void {
    if (this.#state !== 'idle' || !this.#hasSomethingFor(this.#owner)) return;
    this.#state = 'reading';
    this.#reading = this.#giveBack()
      .catch((error: unknown) => {
        this.#state = 'waiting';
        this.#reporter.errorOnce(
          'spans can not be read back from storage.directory; it is tried again',
          error,
        );
        return pause(READ_AGAIN_MILLIS);
      })
      .then(() => {
        this.#state = 'idle';
        this.refill();
      });
  }

  /** Nothing is given back from now on. */
  stop(): void {
    this.#isStopped = true;
  }

  /** Resolves when nothing is being read any more. */
  async stopped(): Promise<void> {
    await this.#reading;
  }

  #hasSomethingFor(owner: StoreOwner<Item> | undefined): owner is StoreOwner<Item> {
    if (this.#isStopped || (this.#log.parked === 0 && this.#left.isEmpty)) return false;
    return owner?.hasRoom === true;
  }

  /** @throws if something can't be read at the moment */
  async #giveBack(): Promise<void> {
    const left = await this.#left.takeOldest();
    // Not in the work queue: writing must not wait for it.
    const items = await this.#decode(left?.records ?? []);
    let failure: unknown;
    await this.#work.do(async () => {
      // Things may have changed while it was not yet its turn.
      if (this.#owner === undefined || this.#isStopped) return left && this.#left.putBack(left);
      if (left !== undefined) await this.#giveBackLeft(this.#owner, left, items);
      else if (this.#hasSomethingFor(this.#owner))
        await this.#giveBackParked(this.#owner).catch((error: unknown) => {
          failure = error;
        });
    });
    if (failure !== undefined) throw failure;
  }

  async #giveBackParked(owner: StoreOwner<Item>): Promise<void> {
    const segment = await this.#log.unpark();
    if (segment === undefined) return;
    const { first, numbers, stored } = segment;
    const items = await this.#decode(stored.records);
    const found: Sized<Item>[] = [];
    for (const number of numbers) {
      const sized = items[number - first];
      if (sized === undefined) {
        this.#log.settle(number);
        continue;
      }
      this.#items.read(sized.item, number);
      found.push(sized);
    }
    if (found.length > 0) owner.restore(found);
    if (found.length < numbers.length) owner.lost(numbers.length - found.length, 'storage_damaged');
  }

  async #giveBackLeft(
    owner: StoreOwner<Item>,
    file: LeftFile & StoredRecords,
    items: readonly Sized<Item>[],
  ): Promise<void> {
    const unread = countOf(file.records) - items.length;
    const isTorn = file.isTorn || unread > 0;
    if (isTorn) {
      this.#tornFiles++;
      this.#reporter.warnOnce(
        'a file left by an ended process contains something that is not a record: it is moved to "set-aside"',
      );
    }
    await this.#log.adopt(file.path, file.bytes, isTorn, (segment) => {
      for (const { item } of items) {
        this.#items.add(item);
        this.#items.written(item, segment);
      }
    });
    this.#left.forget(file);
    this.#recovered += items.length;
    if (items.length > 0) owner.recover(items);
    if (unread > 0) owner.lostUnseen(unread, 'storage_damaged');
  }

  /** The items of records, up to the first record that can't be decoded although its checksum is right. */
  async #decode(records: readonly StoredRecord[]): Promise<Sized<Item>[]> {
    const items: Sized<Item>[] = [];
    let inTurn = 0;
    try {
      for (const { payload, count } of records) {
        for (const item of this.#codec.decode(payload)) items.push({ item, bytes: this.#codec.sizeOf(item) });
        inTurn += count;
        if (inTurn < ITEMS_A_TURN) continue;
        inTurn = 0;
        await nextTurn();
      }
    } catch (error) {
      this.#reporter.warnOnce('a record in storage.directory can not be read', error);
    }
    return items;
  }
}
