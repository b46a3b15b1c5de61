import { type Segment, segmentOf } from './segment.js';
import type { SegmentLog } from './segment-log.js';

/** The number of an item that is in no file yet. */
const UNWRITTEN = -1;

/** The items in memory that are not settled, and their numbers in the log. */
export class Items<Item> {
  readonly #log: SegmentLog;
  readonly #numbers = new Map<Item, number>();

  constructor(log: SegmentLog) {
    this.#log = log;
  }

  has(item: Item): boolean {
    return this.#numbers.has(item);
  }

  /** It is in no file yet; but where a sink's items are the spans themselves, one may be handed over a second time. */
  add(item: Item): void {
    if (!this.has(item)) this.#numbers.set(item, UNWRITTEN);
  }

  /** It was written as the next item of a segment, and may have been settled meanwhile, or be in another one already. */
  written(item: Item, segment: Segment): void {
    const isNeeded = this.#numbers.get(item) === UNWRITTEN;
    if (isNeeded) this.#numbers.set(item, segment.next);
    segment.add(!isNeeded);
  }

  /** It was read from its file. */
  read(item: Item, number: number): void {
    this.#numbers.set(item, number);
  }

  /** These segments are gone. @param segments - in order of their numbers @returns what is only in memory therefore */
  forget(segments: readonly Segment[]): Item[] {
    const items: Item[] = [];
    for (const [item, number] of this.#numbers) {
      if (segmentOf(segments, number) === undefined) continue;
      this.#numbers.set(item, UNWRITTEN);
      items.push(item);
    }
    return items;
  }

  settle(item: Item): void {
    const number = this.#numbers.get(item) ?? UNWRITTEN;
    this.#numbers.delete(item);
    if (number !== UNWRITTEN) this.#log.settle(number);
  }

  /** Memory is about to give the item up. @returns whether there is a file that has it */
  park(item: Item): boolean {
    if (!this.#log.park(this.#numbers.get(item) ?? UNWRITTEN)) return false;
    this.#numbers.delete(item);
    return true;
  }
}
