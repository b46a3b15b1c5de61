import type { Sized } from '../core/sink.js';

/** What is written at a time, and read back at a time, so that neither holds up anything for long. */
const CHUNK_BYTES = 512 * 1_024;
const CHUNK_ITEMS = 256;
/** When items that need not be written any more are looked for. */
const COMPACT_AT_BYTES = 8 * 1_024 * 1_024;

/** Items that are not on disk yet, oldest first, in chunks that are written together. */
export class Unwritten<Item> {
  readonly #chunkBytes: number;
  #chunks: Sized<Item>[][] = [];
  #openBytes = 0;
  #bytes = 0;
  #compactAtBytes = COMPACT_AT_BYTES;

  /** @param maxBytes - that much is not written at a time, even if it is less than usual */
  constructor(maxBytes: number = Number.POSITIVE_INFINITY) {
    this.#chunkBytes = Math.min(CHUNK_BYTES, maxBytes);
  }

  get oldest(): readonly Sized<Item>[] | undefined {
    return this.#chunks[0];
  }

  /** Whether there is as much as is written at a time. */
  get isFull(): boolean {
    return this.#bytes >= this.#chunkBytes;
  }

  [Symbol.iterator](): IterableIterator<readonly Sized<Item>[]> {
    return this.#chunks.values();
  }

  add(sized: Sized<Item>): void {
    let chunk = this.#chunks.at(-1);
    if (chunk === undefined || this.#openBytes >= this.#chunkBytes || chunk.length >= CHUNK_ITEMS) {
      chunk = [];
      this.#chunks.push(chunk);
      this.#openBytes = 0;
    }
    chunk.push(sized);
    this.#openBytes += sized.bytes;
    this.#bytes += sized.bytes;
  }

  /** Takes nothing more into the oldest chunk: it is being written. */
  sealOldest(): void {
    if (this.#chunks.length === 1) this.#openBytes = this.#chunkBytes;
  }

  removeOldest(): void {
    this.#bytes -= bytesOf(this.#chunks.shift() ?? []);
  }

  /** Where writing is slower than sending, what was sent must not pile up here. */
  compact(isNeeded: (item: Item) => boolean): void {
    if (this.#bytes < this.#compactAtBytes) return;
    // Not the oldest, which may be being written.
    this.#chunks = this.#chunks
      .map((chunk, at) => (at === 0 ? chunk : chunk.filter(({ item }) => isNeeded(item))))
      .filter((chunk, at) => at === 0 || chunk.length > 0);
    this.#openBytes = this.#chunkBytes;
    this.#bytes = this.#chunks.reduce((sum, chunk) => sum + bytesOf(chunk), 0);
    this.#compactAtBytes = Math.max(COMPACT_AT_BYTES, this.#bytes * 2);
  }
}

function bytesOf(chunk: readonly Sized<unknown>[]): number {
  return chunk.reduce((sum, { bytes }) => sum + bytes, 0);
}
