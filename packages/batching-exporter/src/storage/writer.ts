import { clearTimeout, setTimeout } from 'node:timers';
import type { Reporter } from '@llm-otel/common';
import type { Sized } from '../core/sink.js';
import type { Codec } from './codec.js';
import type { Items } from './items.js';
import { frameRecord } from './records.js';
import type { SegmentLog } from './segment-log.js';
import { Unwritten } from './unwritten.js';
import type { WorkQueue } from './work-queue.js';

/** How long items wait before they are written. */
const WRITE_EVERY_MILLIS = 10;
const WRITE_AGAIN_MILLIS = 1_000;

/** Appends to the log every item that is not settled within some milliseconds. */
export class Writer<Item> {
  readonly #codec: Codec<Item>;
  readonly #items: Items<Item>;
  readonly #log: SegmentLog;
  readonly #work: WorkQueue;
  readonly #reporter: Reporter;
  readonly #makeRoom: (bytes: number) => Promise<void>;
  readonly #unwritten: Unwritten<Item>;
  #failedWrites = 0;
  #isFailing = false;
  #timer: NodeJS.Timeout | undefined;

  /** @param makeRoom - called before as many bytes are written */
  constructor(
    codec: Codec<Item>,
    items: Items<Item>,
    log: SegmentLog,
    work: WorkQueue,
    reporter: Reporter,
    makeRoom: (bytes: number) => Promise<void>,
  ) {
    this.#codec = codec;
    this.#items = items;
    this.#log = log;
    this.#work = work;
    this.#reporter = reporter;
    this.#makeRoom = makeRoom;
    this.#unwritten = new Unwritten(log.segmentBytes);
  }

  get failedWrites(): number {
    return this.#failedWrites;
  }

  add(items: readonly Sized<Item>[]): void {
    for (const sized of items) {
      this.#items.add(sized.item);
      this.#unwritten.add(sized);
    }
    this.#unwritten.compact((item) => this.#items.has(item));
    if (this.#isFailing) this.#flushIn(WRITE_AGAIN_MILLIS);
    else if (this.#unwritten.isFull) void this.write();
    else this.#flushIn(WRITE_EVERY_MILLIS);
  }

  /** Writes all that there is. Does not reject. */
  write(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    return this.#work.do(() => this.#writeAll());
  }

  /** Writes for the last time. */
  async stop(): Promise<void> {
    await this.write();
    clearTimeout(this.#timer);
  }

  /** The records that are not written yet, to be written in another way. */
  remaining(): Uint8Array[] {
    return [...this.#unwritten].flatMap((chunk) => {
      const items = this.#neededOf(chunk);
      return items.length === 0 ? [] : this.#recordOf(items);
    });
  }

  #flushIn(millis: number): void {
    this.#timer ??= setTimeout(() => void this.write(), millis).unref();
  }

  async #writeAll(): Promise<void> {
    try {
      for (let chunk = this.#unwritten.oldest; chunk !== undefined; chunk = this.#unwritten.oldest) {
        this.#unwritten.sealOldest();
        await this.#write(this.#neededOf(chunk));
        this.#unwritten.removeOldest();
        this.#isFailing = false;
      }
    } catch (error) {
      this.#isFailing = true;
      this.#failedWrites++;
      this.#reporter.errorOnce(
        'spans can not be written to storage.directory: they stay in memory, and it is tried again',
        error,
      );
      this.#flushIn(WRITE_AGAIN_MILLIS);
    }
  }

  async #write(items: readonly Item[]): Promise<void> {
    if (items.length === 0) return;
    const record = this.#recordOf(items);
    await this.#makeRoom(record.reduce((sum, { length }) => sum + length, 0));
    await this.#log.append(record, (segment) => {
      for (const item of items) this.#items.written(item, segment);
    });
  }

  #neededOf(chunk: readonly Sized<Item>[]): Item[] {
    return chunk.map(({ item }) => item).filter((item) => this.#items.has(item));
  }

  #recordOf(items: readonly Item[]): Uint8Array[] {
    return frameRecord(items.length, this.#codec.encode(items));
  }
}
