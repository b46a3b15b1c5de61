import type { PatternScanner, Replacement } from './pattern-scanner.js';

/** Maximum number of rounds for a text: a replacement may make a pattern match beside it. */
const MAX_ROUNDS = 4;

/** A user's own pattern. */
export interface OwnPattern {
  /** With the flag `g`. */
  readonly regex: RegExp;
  readonly replacement: Replacement;
}

/** Replaces what patterns find in texts, until they find nothing more: scanning twice equals scanning once. */
export class TextScanner {
  readonly #builtIn: PatternScanner | undefined;
  readonly #own: readonly OwnPattern[];
  readonly #marker: string;

  /** @param marker - replaces a text in which each round finds something new */
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
