import { secretPrefixes } from './secret-prefixes.js';

/** The patterns to look for, as far as a few characters can reveal them. */
export interface PrefilterWanted {
  readonly email: boolean;
  readonly ip: boolean;
  /** Any pattern with digits. */
  readonly digits: boolean;
  readonly apiKey: boolean;
  readonly jwt: boolean;
  readonly privateKey: boolean;
}

/**
 * Recognises texts in which nothing can be found, as in most, in a third of the time that looking at each character takes.
 * It may let a text through in which nothing is found, but never holds one back in which something is: a test compares.
 */
export class Prefilter {
  readonly #numbers: RegExp;
  readonly #words: RegExp | undefined;

  constructor({ email, ip, digits, apiKey, jwt, privateKey }: PrefilterWanted) {
    const numbers = [
      // Escapes: `%40`, `\u0040`.
      '[%\\\\]',
      ...(email || apiKey ? ['@'] : []),
      ...(ip ? [':[\\da-fA-F:]'] : []),
      // Three digits near each other, or the check digits of an IBAN after its country.
      ...(digits ? ['\\d(?:\\W{0,2}\\d\\W{0,2}\\d|(?<=[a-zA-Z]{2}\\d)\\d)'] : []),
    ];
    const words = [
      ...(apiKey ? secretPrefixes.map(({ prefix }) => prefix) : []),
      ...(jwt ? ['eyJ'] : []),
      ...(privateKey ? ['BEGIN '] : []),
    ].map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    this.#numbers = new RegExp(numbers.join('|'));
    // A word begins after anything but a letter or a digit; `\b` takes the underscore for a letter.
    const pairs = [...new Set(words.map((word) => word.slice(0, 2)))].join('|');
    this.#words = words.length === 0 ? undefined : new RegExp(`\\b(?:${words.join('|')})|_(?:${pairs})`);
  }

  mayFind(text: string): boolean {
    return this.#numbers.test(text) || this.#words?.test(text) === true;
  }
}
