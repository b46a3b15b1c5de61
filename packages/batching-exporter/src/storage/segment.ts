/** What is known of the items in one file, which are numbered as they lie there. */
export class Segment {
  readonly path: string;
  readonly first: number;
  readonly isTorn: boolean;
  bytes = 0;
  /** Of each item, whether it is in the file only. */
  readonly #areParked: boolean[] = [];
  #outstanding = 0;
  #parked = 0;

  constructor(path: string, first: number, isTorn = false) {
    this.path = path;
    this.first = first;
    this.isTorn = isTorn;
  }

  get next(): number {
    return this.first + this.#areParked.length;
  }

  /** Whether each of its items is delivered or dropped. */
  get isSettled(): boolean {
    return this.#outstanding === 0;
  }

  /** How many items are in the file only. */
  get parked(): number {
    return this.#parked;
  }

  add(isSettled: boolean): void {
    this.#areParked.push(false);
    if (!isSettled) this.#outstanding++;
  }

  /** One of its items, which is in memory, is delivered or dropped. */
  settle(): void {
    this.#outstanding--;
  }

  /** Memory gives it up. */
  park(number: number): void {
    this.#areParked[number - this.first] = true;
    this.#parked++;
  }

  /** @returns the numbers of the items that were in the file only: they are in memory again, or lost */
  unpark(): number[] {
    const numbers: number[] = [];
    this.#areParked.forEach((isParked, at) => {
      if (!isParked) return;
      this.#areParked[at] = false;
      numbers.push(this.first + at);
    });
    this.#parked = 0;
    return numbers;
  }
}

/** The segment that has an item. @param segments - in order of their numbers */
export function segmentOf(segments: readonly Segment[], number: number): Segment | undefined {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((segments[middle]?.next ?? 0) > number) high = middle;
    else low = middle + 1;
  }
  const found = segments[low];
  return found !== undefined && found.first <= number ? found : undefined;
}
