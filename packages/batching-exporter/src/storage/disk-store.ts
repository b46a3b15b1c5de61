import { clearInterval, setInterval } from 'node:timers';
import { Reporter } from '@llm-otel/common';
import type { DropReason } from '../core/ledger.js';
import type { Sized } from '../core/sink.js';
import type { Store, StoreOwner } from '../core/store.js';
import type { Codec } from './codec.js';
import { Folder } from './folder.js';
import { Items } from './items.js';
import { LeftFiles } from './left-files.js';
import type { ResolvedStorageOptions } from './options.js';
import { Reader } from './reader.js';
import { countOf } from './records.js';
import { removeFile } from './segment-file.js';
import { SegmentLog } from './segment-log.js';
import { WorkQueue } from './work-queue.js';
import { Writer } from './writer.js';

const LOOK_FOR_LEFT_MILLIS = 60_000;

/** State of the storage on disk. */
export interface StorageStats {
  /** Size of this process's files, in bytes. */
  readonly bytes: number;
  /** Spans found in the files of processes that have ended. They also count as accepted. */
  readonly recovered: number;
  /** Failed attempts to write, for example because the disk is full. What they were to write stays in memory. */
  readonly failedWrites: number;
  /** Files that contain something other than records, or can't be read. What comes before it is sent; then the file is set aside. */
  readonly tornFiles: number;
}

/**
 * Writes every unsettled item to a file within some milliseconds, and keeps the file until all its items are settled.
 * So what a killed process had is in its files, and memory can drop what is on disk.
 */
export class DiskStore<Item> implements Store<Item> {
  readonly #maxBytes: number;
  readonly #codec: Codec<Item>;
  readonly #folder: Folder;
  readonly #log: SegmentLog;
  readonly #left: LeftFiles;
  readonly #items: Items<Item>;
  readonly #reporter: Reporter;
  readonly #work: WorkQueue;
  readonly #writer: Writer<Item>;
  readonly #reader: Reader<Item>;
  #owner: StoreOwner<Item> | undefined;
  #lookTimer: NodeJS.Timeout | undefined;
  /** Files left by other processes are searched and read separately from other work, so that writing does not wait for it. */
  #looking: Promise<void> = Promise.resolve();

  /** @throws TypeError if the directory can't be written to */
  constructor(owner: string, options: ResolvedStorageOptions, codec: Codec<Item>) {
    this.#maxBytes = options.maxBytes;
    this.#codec = codec;
    this.#folder = new Folder(owner, options.directory, codec.kind);
    this.#log = new SegmentLog(this.#folder, options.maxBytes);
    this.#left = new LeftFiles(this.#folder);
    this.#items = new Items(this.#log);
    this.#reporter = new Reporter(owner);
    this.#work = new WorkQueue(this.#reporter);
    this.#writer = new Writer(codec, this.#items, this.#log, this.#work, this.#reporter, (bytes) =>
      this.#makeRoom(bytes),
    );
    this.#reader = new Reader(codec, this.#items, this.#log, this.#left, this.#work, this.#reporter);
  }

  get givesBack(): boolean {
    return !this.#reader.isStopped;
  }

  get isReading(): boolean {
    return this.#reader.isReading;
  }

  stats(): StorageStats {
    return {
      bytes: this.#log.bytes + this.#left.bytes,
      recovered: this.#reader.recovered,
      failedWrites: this.#writer.failedWrites,
      tornFiles: this.#reader.tornFiles,
    };
  }

  attach(owner: StoreOwner<Item>): void {
    this.#owner = owner;
    this.#reader.attach(owner);
    process.on('exit', this.#onExit);
    this.#lookForLeft();
    this.#lookTimer = setInterval(() => this.#lookForLeft(), LOOK_FOR_LEFT_MILLIS).unref();
  }

  prepared(items: readonly Sized<Item>[]): void {
    this.#writer.add(items);
  }

  settled(items: readonly Item[]): void {
    for (const item of items) this.#items.settle(item);
  }

  takeOver(item: Item, reason: DropReason): boolean {
    return reason !== 'retry_exhausted' && this.#items.park(item);
  }

  write(): Promise<void> {
    void this.#work.do(() => this.#rewriteVanished());
    return this.#writer.write();
  }

  refill(): void {
    this.#reader.refill();
  }

  stop(): Promise<void> {
    clearInterval(this.#lookTimer);
    this.#reader.stop();
    void this.#work.do(() => this.#rewriteVanished());
    return this.#writer.stop();
  }

  async close(): Promise<void> {
    await this.#looking;
    await this.#reader.stopped();
    process.off('exit', this.#onExit);
    await this.#work.do(async () => {
      await this.#log.seal();
      await this.#folder.leave(this.#log.isEmpty && this.#left.isEmpty);
    });
  }

  /** Removes the oldest files: first those left by others, then those of this process. */
  async #makeRoom(bytes: number): Promise<void> {
    while (this.#log.bytes + this.#left.bytes + bytes > this.#maxBytes) {
      const file = await this.#left.takeOldest();
      if (file !== undefined) {
        await removeFile(file.path);
        this.#left.forget(file);
        this.#owner?.lostUnseen(countOf(file.records), 'storage_full');
        continue;
      }
      const parked = await this.#log.evictOldest();
      if (parked === undefined) break;
      if (parked > 0) this.#owner?.lost(parked, 'storage_full');
    }
  }

  /** Writes anew what was in files that somebody removed, as far as memory has it: it is not left to a later process. */
  async #rewriteVanished(): Promise<void> {
    const { segments, parked } = await this.#log.forgetVanished();
    if (parked > 0) this.#owner?.lost(parked, 'storage_damaged');
    this.#writer.add(this.#items.forget(segments).map((item) => ({ item, bytes: this.#codec.sizeOf(item) })));
  }

  #lookForLeft(): void {
    this.#looking = this.#left
      .collect()
      .catch((error: unknown) => {
        this.#reporter.errorOnce(
          'what ended processes left in storage.directory can not be taken over; it is tried again every minute',
          error,
        );
      })
      .then(() => this.refill());
  }

  /** Writes what is left when the process ends other than by a signal. */
  readonly #onExit = (): void => {
    try {
      this.#owner?.prepareAll();
      const records = this.#writer.remaining();
      if (records.length > 0) this.#folder.writeSync(records);
    } catch {
      // Nobody is left to be told.
    }
  };
}
