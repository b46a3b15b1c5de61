import { Reporter } from '@llm-otel/common';
import type { DropReason } from '../core/ledger.js';
import type { Sized } from '../core/sink.js';
import type { Store, StoreOwner } from '../core/store.js';
import type { Codec } from './codec.js';
import { Folder, type LeftFile } from './folder.js';
import { LeftFiles } from './left-files.js';
import type { ResolvedStorageOptions } from './options.js';
import { frameRecord, type StoredRecord, type StoredRecords } from './records.js';
import { removeFile } from './segment-file.js';
import { SegmentLog } from './segment-log.js';
import { Unwritten } from './unwritten.js';

/** What was handed over is on disk after this, and the time that it takes to write it. */
const WRITE_EVERY_MILLIS = 10;
const WRITE_AGAIN_MILLIS = 1_000;
const LOOK_FOR_LEFT_MILLIS = 60_000;
/** The number of an item that is in no file yet. */
const UNWRITTEN = -1;

/** What a store on disk tells of itself. */
export interface StorageStats {
  /** In this process's files. */
  readonly bytes: number;
  /** Spans that were found in files of processes that ended. They are counted as accepted, too. */
  readonly recovered: number;
  /** Attempts to write that failed, as on a full disk. What they were to write stays in memory. */
  readonly failedWrites: number;
  /** Files with something in them that is no record. What comes before it is sent, and then they are set aside. */
  readonly tornFiles: number;
}

/**
 * Writes every item that is not settled within some milliseconds to a file, and keeps the file until all items in it
 * are settled: what a killed process had is in its files, and memory can give up what is in there.
 */
export class DiskStore<Item> implements Store<Item> {
  readonly #codec: Codec<Item>;
  readonly #maxBytes: number;
  readonly #folder: Folder;
  readonly #log: SegmentLog;
  readonly #left: LeftFiles;
  readonly #reporter: Reporter;
  readonly #unwritten: Unwritten<Item> = new Unwritten();
  /** The items in memory that are not settled, and their numbers in the log. */
  readonly #numbers = new Map<Item, number>();
  #recovered = 0;
  #failedWrites = 0;
  #tornFiles = 0;
  #isFailing = false;
  #isRefilling = false;
  #isClosed = false;
  #owner: StoreOwner<Item> | undefined;
  #writeTimer: NodeJS.Timeout | undefined;
  #leftTimer: NodeJS.Timeout | undefined;
  /** What was left is looked for and read beside the other work: writing must not wait for it. */
  #looking: Promise<void> = Promise.resolve();
  #refilling: Promise<void> = Promise.resolve();
  /** All other work on files, one after the other. */
  #work: Promise<void> = Promise.resolve();

  /** @throws TypeError if the directory can't be written to */
  constructor(owner: string, options: ResolvedStorageOptions, codec: Codec<Item>) {
    this.#codec = codec;
    this.#maxBytes = options.maxBytes;
    this.#folder = new Folder(owner, options.directory, codec.kind);
    this.#log = new SegmentLog(this.#folder);
    this.#left = new LeftFiles(this.#folder);
    this.#reporter = new Reporter(owner);
  }

  get givesBack(): boolean {
    return !this.#isClosed;
  }

  stats(): StorageStats {
    return {
      bytes: this.#log.bytes + this.#left.bytes,
      recovered: this.#recovered,
      failedWrites: this.#failedWrites,
      tornFiles: this.#tornFiles,
    };
  }

  attach(owner: StoreOwner<Item>): void {
    this.#owner = owner;
    process.on('exit', this.#onExit);
    this.#lookForLeft();
    this.#leftTimer = setInterval(() => this.#lookForLeft(), LOOK_FOR_LEFT_MILLIS).unref();
  }

  prepared(items: readonly Sized<Item>[]): void {
    for (const sized of items) {
      this.#numbers.set(sized.item, UNWRITTEN);
      this.#unwritten.add(sized);
    }
    this.#unwritten.compact((item) => this.#numbers.has(item));
    if (this.#unwritten.isFull && !this.#isFailing) void this.flush();
    else this.#writeIn(WRITE_EVERY_MILLIS);
  }

  settled(items: readonly Item[]): void {
    for (const item of items) {
      const number = this.#numbers.get(item) ?? UNWRITTEN;
      this.#numbers.delete(item);
      if (number !== UNWRITTEN) this.#log.settle(number);
    }
  }

  takeOver(items: readonly Item[], reason: DropReason): boolean {
    if (reason === 'retry_exhausted') {
      this.settled(items);
      return false;
    }
    // Not to have it come again, and again fail, until the time is over.
    if (reason === 'shutdown_timeout') this.#isClosed = true;
    const isWritten = (item: Item) => (this.#numbers.get(item) ?? UNWRITTEN) !== UNWRITTEN;
    if (!items.every(isWritten)) return false;
    for (const item of items) {
      this.#log.park(this.#numbers.get(item) ?? UNWRITTEN);
      this.#numbers.delete(item);
    }
    return true;
  }

  refill(): void {
    if (this.#isRefilling || !this.#hasSomethingFor(this.#owner)) return;
    this.#isRefilling = true;
    this.#refilling = this.#giveBack().then(() => {
      this.#isRefilling = false;
      this.refill();
    });
  }

  flush(): Promise<void> {
    clearTimeout(this.#writeTimer);
    this.#writeTimer = undefined;
    return this.#do(() => this.#writeAll());
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#leftTimer);
    await this.flush();
    await this.#looking;
    await this.#refilling;
    clearTimeout(this.#writeTimer);
    process.off('exit', this.#onExit);
    await this.#do(async () => {
      await this.#log.seal();
      await this.#folder.leave(this.#log.isEmpty && this.#left.isEmpty);
    });
  }

  #do(work: () => Promise<void>): Promise<void> {
    this.#work = this.#work.then(work).catch((error: unknown) => {
      this.#reporter.errorOnce('the storage does not work', error);
    });
    return this.#work;
  }

  #writeIn(millis: number): void {
    this.#writeTimer ??= setTimeout(() => void this.flush(), millis).unref();
  }

  async #writeAll(): Promise<void> {
    try {
      for (let chunk = this.#unwritten.oldest; chunk !== undefined; chunk = this.#unwritten.oldest) {
        this.#unwritten.sealOldest();
        await this.#write(this.#neededOf(chunk));
        this.#unwritten.removeOldest();
        this.#isFailing = false;
      }
      await this.#evict();
    } catch (error) {
      this.#isFailing = true;
      this.#failedWrites++;
      this.#reporter.errorOnce('spans can not be written to storage.directory, and stay in memory', error);
      if (!this.#isClosed) this.#writeIn(WRITE_AGAIN_MILLIS);
    }
  }

  #neededOf(chunk: readonly Sized<Item>[]): Item[] {
    return chunk.map(({ item }) => item).filter((item) => this.#numbers.has(item));
  }

  async #write(items: readonly Item[]): Promise<void> {
    if (items.length === 0) return;
    await this.#log.append(frameRecord(items.length, this.#codec.encode(items)), (segment) => {
      for (const item of items) {
        // It may have been settled while it was being written.
        const isNeeded = this.#numbers.has(item);
        if (isNeeded) this.#numbers.set(item, segment.next);
        segment.add(!isNeeded);
      }
    });
  }

  #hasSomethingFor(owner: StoreOwner<Item> | undefined): owner is StoreOwner<Item> {
    if (this.#isClosed || (this.#log.parked === 0 && this.#left.isEmpty)) return false;
    return owner?.hasRoom === true;
  }

  async #giveBack(): Promise<void> {
    const left = await this.#left.takeOldest();
    await this.#do(async () => {
      if (this.#owner === undefined) return;
      if (left !== undefined) await this.#giveBackLeft(this.#owner, left);
      // Things may have changed while it was not yet its turn.
      else if (this.#hasSomethingFor(this.#owner)) await this.#giveBackParked(this.#owner);
    });
  }

  async #giveBackParked(owner: StoreOwner<Item>): Promise<void> {
    const segment = await this.#log.unpark();
    if (segment === undefined) return;
    const { first, numbers, stored } = segment;
    const items = this.#decode(stored.records);
    const found: Sized<Item>[] = [];
    for (const number of numbers) {
      const sized = items[number - first];
      if (sized === undefined) {
        this.#log.settle(number);
        continue;
      }
      this.#numbers.set(sized.item, number);
      found.push(sized);
    }
    if (found.length > 0) owner.restore(found);
    if (found.length < numbers.length) owner.lost(numbers.length - found.length, 'storage_damaged');
  }

  async #giveBackLeft(owner: StoreOwner<Item>, file: LeftFile & StoredRecords): Promise<void> {
    const items = this.#decode(file.records);
    const isTorn = file.isTorn || items.length < countOf(file.records);
    if (isTorn) {
      this.#tornFiles++;
      this.#reporter.warnOnce(
        'a file that an ended process left has something in it that is no record: set aside',
      );
    }
    await this.#log.adopt(file.path, file.bytes, isTorn, (segment) => {
      for (const { item } of items) {
        this.#numbers.set(item, segment.next);
        segment.add(false);
      }
    });
    this.#recovered += items.length;
    if (items.length > 0) owner.recover(items);
  }

  /** The items of records, up to the first record that has none for all that its checksum is right. */
  #decode(records: readonly StoredRecord[]): Sized<Item>[] {
    const items: Sized<Item>[] = [];
    try {
      for (const { payload } of records) for (const sized of this.#codec.decode(payload)) items.push(sized);
    } catch (error) {
      this.#reporter.warnOnce('a record in a file can not be read', error);
    }
    return items;
  }

  async #evict(): Promise<void> {
    while (this.#log.bytes + this.#left.bytes > this.#maxBytes) {
      const file = await this.#left.takeOldest();
      if (file !== undefined) {
        await removeFile(file.path);
        this.#owner?.lostUnseen(countOf(file.records), 'storage_full');
        continue;
      }
      const parked = await this.#log.evictOldest();
      if (parked === undefined) break;
      if (parked > 0) this.#owner?.lost(parked, 'storage_full');
    }
  }

  #lookForLeft(): void {
    this.#looking = this.#left
      .collect()
      .catch((error: unknown) => {
        this.#reporter.errorOnce(
          'what ended processes left in storage.directory can not be taken over',
          error,
        );
      })
      .then(() => this.refill());
  }

  /** What the process has not written when it ends otherwise than by a signal. */
  readonly #onExit = (): void => {
    try {
      this.#owner?.prepareAll();
      const records: Uint8Array[] = [];
      for (const chunk of this.#unwritten) {
        const items = this.#neededOf(chunk);
        if (items.length > 0) records.push(...frameRecord(items.length, this.#codec.encode(items)));
      }
      if (records.length > 0) this.#folder.writeSync(records);
    } catch {
      // There is nobody left to tell.
    }
  };
}

function countOf(records: readonly StoredRecord[]): number {
  return records.reduce((sum, { count }) => sum + count, 0);
}
