import { secretPrefixes } from './secret-prefixes.js';

/** What is looked for, as far as it can be told from a few characters. */
export interface PrefilterWanted {
  readonly email: boolean;
  readonly ip: boolean;
  /** Something with digits. */
  readonly digits: boolean;
  readonly apiKey: boolean;
  readonly jwt: boolean;
  readonly privateKey: boolean;
}

/**
 * Tells, at a third of what a look at each character takes, that nothing can be found in a text, as in most. It may say
 * that something can where nothing is, never the other way round; a test compares.
 */
export class Prefilter {
  readonly #numbers: RegExp;
  readonly #words: RegExp | undefined;

  constructor({ email, ip, digits, apiKey, jwt, privateKey }: PrefilterWanted) {
    const numbers = [
      // What is written in another way: `%40`, `\u0040`.
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
    // Before a word is anything but a letter or a digit; an underscore is a letter to `\b` alone.
    const pairs = [...new Set(words.map((word) => word.slice(0, 2)))].join('|');
    this.#words = words.length === 0 ? undefined : new RegExp(`\\b(?:${words.join('|')})|_(?:${pairs})`);
  }

  mayFind(text: string): boolean {
    return this.#numbers.test(text) || this.#words?.test(text) === true;
  }
}
