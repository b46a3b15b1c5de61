import type { Sized } from '../core/sink.js';
import { settleIn, type Stretch } from './stretch.js';

/** What is written at a time, so that one write holds up nothing for long. */
const CHUNK_BYTES = 1_024 * 1_024;

/** Items that are written together. */
export interface Chunk<Item> extends Stretch {
  readonly items: Sized<Item>[];
  bytes: number;
  /** Whether they are nowhere else: the memory that spans may take is used up. */
  isSpilled: boolean;
  /** Whether they go to a file that does not hold what came before. */
  readonly opensFile: boolean;
  /** Whether it takes no more items. */
  isSealed: boolean;
}

/** Items that are not on disk yet, in chunks, oldest first. */
export class Unwritten<Item> {
  readonly #chunks: Chunk<Item>[] = [];
  #opensFile = false;

  get oldest(): Chunk<Item> | undefined {
    return this.#chunks[0];
  }

  get oldestSpilled(): Chunk<Item> | undefined {
    return this.#chunks.find(({ isSpilled }) => isSpilled);
  }

  get isFull(): boolean {
    return this.#chunks.length > 1 || (this.oldest?.bytes ?? 0) >= CHUNK_BYTES;
  }

  [Symbol.iterator](): IterableIterator<Chunk<Item>> {
    return this.#chunks.values();
  }

  add(number: number, sized: Sized<Item>, isSpilled: boolean): void {
    let chunk = this.#chunks.at(-1);
    if (
      chunk === undefined ||
      chunk.isSealed ||
      chunk.isSpilled !== isSpilled ||
      chunk.bytes >= CHUNK_BYTES ||
      this.#opensFile
    ) {
      chunk = this.#open(number, isSpilled);
      this.#chunks.push(chunk);
    }
    chunk.items.push(sized);
    chunk.bytes += sized.bytes;
    chunk.next = number + 1;
    chunk.outstanding++;
  }

  /** What is added from now on goes to another file: numbers were given to items that are in a file already. */
  cut(): void {
    this.#opensFile = true;
  }

  /** @returns the chunks that were touched */
  settle(first: number, count: number): Chunk<Item>[] {
    const touched = settleIn(this.#chunks, first, count);
    for (const chunk of touched) if (chunk.outstanding === 0 && !chunk.isSealed) this.remove(chunk);
    return touched;
  }

  remove(chunk: Chunk<Item>): void {
    this.#chunks.splice(this.#chunks.indexOf(chunk), 1);
  }

  #open(first: number, isSpilled: boolean): Chunk<Item> {
    const opensFile = this.#opensFile;
    this.#opensFile = false;
    return {
      first,
      next: first,
      outstanding: 0,
      items: [],
      bytes: 0,
      isSpilled,
      opensFile,
      isSealed: false,
    };
  }
}
