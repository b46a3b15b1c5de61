import type { Sized } from './sink.js';

/** Vacated places at the front are given back in one go, so that taking from the front is O(1) on average. */
const COMPACT_AT = 1_024;

/** First in, first out, with a running total of bytes. Its items are numbered in the order in which they came. */
export class SizedQueue<Item> {
  #slots: (Sized<Item> | undefined)[] = [];
  #head = 0;
  #bytes = 0;
  #first = 0;

  get length(): number {
    return this.#slots.length - this.#head;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** The number of the item at the front. */
  get first(): number {
    return this.#first;
  }

  /** The number that the next item to come will have. */
  get next(): number {
    return this.#first + this.length;
  }

  push(sized: Sized<Item>): void {
    this.#slots.push(sized);
    this.#bytes += sized.bytes;
  }

  shift(): Sized<Item> | undefined {
    const sized = this.#slots[this.#head];
    if (sized === undefined) return undefined;
    this.#slots[this.#head++] = undefined;
    this.#first++;
    this.#bytes -= sized.bytes;
    if (this.#head >= COMPACT_AT && this.#head * 2 >= this.#slots.length) {
      this.#slots = this.#slots.slice(this.#head);
      this.#head = 0;
    }
    return sized;
  }

  /** The item of that number, which must be in the queue. */
  at(number: number): Sized<Item> | undefined {
    return this.#slots[this.#head + number - this.#first];
  }

  /** Puts another item, or another size, in the place of one that is in the queue. */
  replace(number: number, sized: Sized<Item>): void {
    this.#bytes += sized.bytes - (this.at(number)?.bytes ?? 0);
    this.#slots[this.#head + number - this.#first] = sized;
  }

  /** Takes items from the front, up to both bounds, but at least one if there is one: nothing may get stuck. */
  take(maxItems: number, maxBytes: number): Item[] {
    const items: Item[] = [];
    let bytes = 0;
    while (items.length < maxItems) {
      bytes += this.#slots[this.#head]?.bytes ?? 0;
      if (items.length > 0 && bytes > maxBytes) break;
      const sized = this.shift();
      if (sized === undefined) break;
      items.push(sized.item);
    }
    return items;
  }
}
