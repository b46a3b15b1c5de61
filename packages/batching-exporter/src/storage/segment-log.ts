import type { Folder } from './folder.js';
import { readRecords, type StoredRecords } from './records.js';
import { Segment, segmentOf } from './segment.js';
import { isGone, readSegmentFile, removeFile, SegmentFile } from './segment-file.js';

/** Small enough to read one back at a time, and to send not too much twice after a crash. */
const SEGMENT_BYTES = 1_024 * 1_024;
/** What there may be is spread over this many at least: the oldest is dropped as a whole. */
const MIN_SEGMENTS = 8;

/** Records in files, oldest first, and the state of their items. A file is removed when all its items are settled. */
export class SegmentLog {
  /** How many bytes there may be in a file before another one is begun. */
  readonly segmentBytes: number;
  readonly #folder: Folder;
  /** In order of their numbers. */
  readonly #segments: Segment[] = [];
  #open: { readonly segment: Segment; readonly file: SegmentFile } | undefined;
  #isWriting = false;
  #nextNumber = 0;
  #bytes = 0;
  #parked = 0;

  /** @param maxBytes - how much may be in the log; it is up to the caller to evict what is beyond */
  constructor(folder: Folder, maxBytes: number) {
    this.#folder = folder;
    this.segmentBytes = Math.min(SEGMENT_BYTES, maxBytes / MIN_SEGMENTS);
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** How many items are only in files. */
  get parked(): number {
    return this.#parked;
  }

  get isEmpty(): boolean {
    return this.#segments.length === 0;
  }

  /**
   * Appends a record.
   *
   * @param number - gives the items in it their numbers, once it is written
   * @throws if it can't be written
   */
  async append(record: Uint8Array[], number: (segment: Segment) => void): Promise<void> {
    if (this.#open !== undefined && this.#open.file.bytes >= this.segmentBytes) await this.seal();
    const open = this.#open ?? (await this.#openNext());
    this.#isWriting = true;
    try {
      this.#grow(open.segment, await open.file.append(record));
    } catch (error) {
      await this.seal();
      throw error;
    } finally {
      this.#isWriting = false;
    }
    this.#number(open.segment, number);
  }

  /** Makes a segment of a file that another process left. */
  async adopt(
    path: string,
    bytes: number,
    isTorn: boolean,
    number: (segment: Segment) => void,
  ): Promise<void> {
    // The numbers of a segment follow upon each other.
    await this.seal();
    const segment = new Segment(path, this.#nextNumber, isTorn);
    this.#segments.push(segment);
    this.#grow(segment, bytes);
    this.#number(segment, number);
  }

  settle(number: number): void {
    const segment = segmentOf(this.#segments, number);
    if (segment === undefined) return;
    segment.settle();
    this.#removeIfSettled(segment);
  }

  /** From now on the item is only in its file. @returns whether there is a file that has it */
  park(number: number): boolean {
    const segment = segmentOf(this.#segments, number);
    if (segment === undefined) return false;
    segment.park(number);
    this.#parked++;
    return true;
  }

  /**
   * Reads the oldest segment that has parked items.
   *
   * @returns its records and the numbers of the parked items, or `undefined` if there is none
   * @throws if it can't be read at the moment
   */
  async unpark(): Promise<{ first: number; numbers: readonly number[]; stored: StoredRecords } | undefined> {
    const segment = this.#segments.find(({ parked }) => parked > 0);
    if (segment === undefined) return undefined;
    if (segment === this.#open?.segment) await this.seal();
    const file = await readSegmentFile(segment.path);
    // Not before: it may have been settled meanwhile.
    this.#parked -= segment.parked;
    return { first: segment.first, numbers: segment.unpark(), stored: readRecords(file) };
  }

  /** Forgets the oldest segment and removes its file. @returns how many items were only there, or `undefined` if there is no segment */
  async evictOldest(): Promise<number | undefined> {
    const segment = this.#segments[0];
    return segment && this.#forget(segment);
  }

  /** Forgets segments whose files somebody removed. @returns these, and how many items were only there */
  async forgetVanished(): Promise<{ segments: readonly Segment[]; parked: number }> {
    const segments: Segment[] = [];
    let parked = 0;
    for (const segment of [...this.#segments]) {
      if (!(await isGone(segment.path))) continue;
      segments.push(segment);
      parked += await this.#forget(segment);
    }
    return { segments, parked };
  }

  /** Appends nothing more to the file that is open. */
  async seal(): Promise<void> {
    const open = this.#open;
    this.#open = undefined;
    if (open === undefined) return;
    await open.file.seal();
    this.#removeIfSettled(open.segment);
  }

  async #openNext(): Promise<{ segment: Segment; file: SegmentFile }> {
    const file = await SegmentFile.create(await this.#folder.nextPath());
    const segment = new Segment(file.path, this.#nextNumber);
    this.#segments.push(segment);
    this.#open = { segment, file };
    return this.#open;
  }

  #number(segment: Segment, number: (segment: Segment) => void): void {
    number(segment);
    this.#nextNumber = segment.next;
    this.#removeIfSettled(segment);
  }

  #grow(segment: Segment, bytes: number): void {
    segment.bytes += bytes;
    this.#bytes += bytes;
  }

  async #forget(segment: Segment): Promise<number> {
    if (segment === this.#open?.segment) await this.seal();
    const { parked } = segment;
    this.#parked -= parked;
    await this.#remove(segment);
    return parked;
  }

  #removeIfSettled(segment: Segment): void {
    if (!segment.isSettled) return;
    if (segment === this.#open?.segment) {
      // More is coming for it.
      if (this.#isWriting) return;
      void this.#open.file.seal();
      this.#open = undefined;
    }
    void this.#remove(segment);
  }

  async #remove(segment: Segment): Promise<void> {
    const at = this.#segments.indexOf(segment);
    if (at < 0) return;
    this.#segments.splice(at, 1);
    this.#bytes -= segment.bytes;
    await (segment.isTorn ? this.#folder.setAside(segment.path) : removeFile(segment.path));
  }
}
