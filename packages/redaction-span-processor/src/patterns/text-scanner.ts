import type { PatternScanner, Replacement } from './pattern-scanner.js';

/** One text may be replaced in so many rounds: what is put in may show something new beside it. */
const MAX_ROUNDS = 4;

/** A pattern of the user's. */
export interface OwnPattern {
  /** With the flag `g`. */
  readonly regex: RegExp;
  readonly replacement: Replacement;
}

/** Replaces in texts what patterns find, until they find nothing more: to scan twice is to scan once. */
export class TextScanner {
  readonly #builtIn: PatternScanner | undefined;
  readonly #own: readonly OwnPattern[];
  readonly #marker: string;

  /** @param marker - what becomes of a text in which something new is found again and again */
  constructor(builtIn: PatternScanner | undefined, own: readonly OwnPattern[], marker: string) {
    this.#builtIn = builtIn;
    this.#own = own;
    this.#marker = marker;
  }

  /** The text without what the patterns find; the same text if they find nothing. */
  readonly scan = (text: string): string => {
    let current = text;
    for (let round = 0; round < MAX_ROUNDS; round++) {
      const next = this.#replace(current);
      if (next === current) return current;
      current = next;
    }
    return this.#marker;
  };

  #replace(text: string): string {
    let replaced = this.#builtIn === undefined ? text : this.#builtIn.replace(text);
    for (const { regex, replacement } of this.#own)
      replaced = replaced.replace(regex, (found) => replacement(found) ?? '');
    return replaced;
  }
}
