import { codeAt } from './characters.js';
import { DOT } from './codes.js';
import { gapAt } from './digit-groups.js';

/** A longer run is read in parts. */
const CAPACITY = 256;
/** From each group on, at least this many digits are known, if the run has them: more than any number has. */
const MAX_DIGITS = 20;

/**
 * Groups of digits with a space, a dash or a dot between them. A run is read once for all numbers that may begin at one of
 * its groups: if it were read again for each, many groups of four digits would take five times as long.
 */
export class DigitRun {
  /** Number of groups. */
  groups = 0;
  /** Number of digits before each group; after the last group, the number of all digits. */
  readonly starts: Int32Array = new Int32Array(CAPACITY + 1);
  /** Code of the separator before each group except the first. */
  readonly separators: Int32Array = new Int32Array(CAPACITY);
  /** Index in the text at which each group begins. */
  readonly #indexes = new Int32Array(CAPACITY);
  /** Sums of the digits before each digit, every second one doubled: the even ones, or the odd ones. */
  readonly #evenDoubled = new Int32Array(CAPACITY + 1);
  readonly #oddDoubled = new Int32Array(CAPACITY + 1);
  #group = 0;
  #isWhole = true;

  /** Where the hexadecimal digits that were read last begin and end. */
  hexStart = 0;
  hexEnd = 0;

  /** Forgets what was read, because another text follows. */
  forget(): void {
    this.groups = 0;
    this.hexStart = 0;
    this.hexEnd = 0;
  }

  /** Number of digits and letters from `a` to `f` around an index. Each of them is read once. */
  readHex(text: string, at: number): number {
    if (at >= this.hexEnd) {
      let start = at;
      while (start > this.hexEnd && isLowerHex(text.charCodeAt(start - 1))) start--;
      let end = at;
      while (end < text.length && isLowerHex(text.charCodeAt(end))) end++;
      this.hexStart = start;
      this.hexEnd = end;
    }
    return this.hexEnd - this.hexStart;
  }

  /** The number of the group that begins at an index of the text. Indexes must come in rising order. */
  groupAt(text: string, at: number): number {
    while (this.#group < this.groups && (this.#indexes[this.#group] ?? 0) < at) this.#group++;
    const isRead = this.#group < this.groups && this.#indexes[this.#group] === at;
    if (!isRead || !this.#knowsEnoughFrom(this.#group)) this.#read(text, at);
    return this.#group;
  }

  /** The index in the text at which a group ends. */
  endOf(group: number): number {
    return (this.#indexes[group] ?? 0) + (this.starts[group + 1] ?? 0) - (this.starts[group] ?? 0);
  }

  /** Whether a range of groups passes the Luhn check of ISO/IEC 7812-1, annex B: from the last but one, every second digit is doubled. */
  isLuhn(firstGroup: number, lastGroup: number): boolean {
    const from = this.starts[firstGroup] ?? 0;
    const to = this.starts[lastGroup + 1] ?? 0;
    const sums = to % 2 === 0 ? this.#evenDoubled : this.#oddDoubled;
    return ((sums[to] ?? 0) - (sums[from] ?? 0)) % 10 === 0;
  }

  #knowsEnoughFrom(group: number): boolean {
    return this.#isWhole || (this.starts[group] ?? 0) + MAX_DIGITS <= (this.starts[this.groups] ?? 0);
  }

  #read(text: string, from: number): void {
    let at = from;
    let groups = 0;
    let digits = 0;
    let even = 0;
    let odd = 0;
    for (;;) {
      this.#indexes[groups] = at;
      this.starts[groups] = digits;
      for (; digits < CAPACITY; digits++, at++) {
        const digit = codeAt(text, at) - 0x30;
        if (digit < 0 || digit > 9) break;
        const doubled = digit * 2 - (digit > 4 ? 9 : 0);
        even += digits % 2 === 0 ? doubled : digit;
        odd += digits % 2 === 0 ? digit : doubled;
        this.#evenDoubled[digits + 1] = even;
        this.#oddDoubled[digits + 1] = odd;
      }
      groups++;
      const separator = codeAt(text, at);
      const gap = separator === DOT ? 1 : gapAt(text, at);
      const next = codeAt(text, at + gap) - 0x30;
      if (digits === CAPACITY || gap === 0 || next < 0 || next > 9) break;
      this.separators[groups] = separator;
      at += gap;
    }
    this.starts[groups] = digits;
    this.groups = groups;
    this.#group = 0;
    this.#isWhole = digits < CAPACITY;
  }
}

/** Whether a code is that of a digit or of a letter from `a` to `f`. */
export function isLowerHex(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x61 && code <= 0x66);
}
