import { BACKSLASH, PERCENT } from './codes.js';

// Character codes by class. What lies beyond ASCII is told apart only where it matters.

export const DIGIT = 1;
export const UPPER = 2;
export const LOWER = 4;
export const HEX = 8;
/** What words of tokens are made of beside letters and digits. */
export const DASH = 16;
/** May stand in the local part of an address beside letters and digits. */
export const LOCAL = 32;
export const LETTER: number = UPPER | LOWER;
export const ALPHANUMERIC: number = DIGIT | LETTER;

const classes: Uint8Array = new Uint8Array(128);
for (const [characters, of] of [
  ['0123456789', DIGIT | HEX],
  ['ABCDEF', UPPER | HEX],
  ['GHIJKLMNOPQRSTUVWXYZ', UPPER],
  ['abcdef', LOWER | HEX],
  ['ghijklmnopqrstuvwxyz', LOWER],
  ['-_', DASH | LOCAL],
  ['.+%~!#$^*{}|`', LOCAL],
] as const)
  for (const character of characters) classes[character.charCodeAt(0)] = of;

/** The code of the character at a place, -1 beyond both ends: `charCodeAt` is several times slower once it was asked that. */
export function codeAt(text: string, at: number): number {
  return at >= 0 && at < text.length ? text.charCodeAt(at) : -1;
}

/** The classes of the character at a place; 0 beyond both ends, and for what is not ASCII. */
export function classAt(text: string, at: number): number {
  const code = codeAt(text, at);
  return code >= 0 && code < 128 ? (classes[code] ?? 0) : 0;
}

/** The first place from `at` on, and before `end`, whose character has none of the classes. */
export function skip(text: string, at: number, of: number, end: number = text.length): number {
  const limit = Math.min(end, text.length);
  let to = at;
  for (; to < limit; to++) {
    const code = text.charCodeAt(to);
    if (code > 127 || ((classes[code] ?? 0) & of) === 0) break;
  }
  return to;
}

/** Whether a letter stands right before a place, and not one of an escape: `\\n` as JSON has it, `%3D` as URLs do. */
export function isAfterLetter(text: string, at: number): boolean {
  if ((classAt(text, at - 1) & LETTER) === 0) return false;
  return codeAt(text, at - 2) !== BACKSLASH && codeAt(text, at - 3) !== PERCENT;
}

/** Where the digits of an escape begin, at its percent sign: `%2522` is `%22` in a URL within another. */
export function escapedAt(text: string, percent: number): number {
  let at = percent + 1;
  while (codeAt(text, at) === 0x32 && codeAt(text, at + 1) === 0x35) at += 2;
  return at;
}

/**
 * The end of an escaped character: escaped for a URL, once or several times, or for JSON (`%40`, `%2540`, `\u0040`).
 *
 * @param high - code of its first hexadecimal digit
 * @param low - code of its second hexadecimal digit, which is a digit or a lower-case letter
 * @returns -1 if there is no escape, or that of another character
 */
export function escapedCharacterEnd(text: string, at: number, high: number, low: number): number {
  const isJson = codeAt(text, at) === BACKSLASH;
  if (isJson && !text.startsWith('u00', at + 1)) return -1;
  const digits = isJson ? at + 4 : escapedAt(text, at);
  return codeAt(text, digits) === high && (codeAt(text, digits + 1) | 0x20) === low ? digits + 2 : -1;
}

/** The SDK cuts values at a length that nobody sets lower. */
const SHORTEST_CUT = 16;

/** Where what is being scanned was cut, if it was; `undefined` where that is not known. */
let cutLength: number | undefined;

/**
 * Does what scans texts that were cut at a length: it is the same for all of a span. They are scanned at once, one after the other,
 * so that a variable does, where an argument would go through all that is in between. A rule's function may end a span of another
 * provider meanwhile, with another length.
 *
 * @param given - for `work`, which needs no closure for each span then
 */
export function withCutLength<Given extends unknown[], Result>(
  length: number | undefined,
  work: (...given: Given) => Result,
  ...given: Given
): Result {
  const before = cutLength;
  cutLength = length;
  try {
    return work(...given);
  } finally {
    cutLength = before;
  }
}

/** Whether the SDK may have cut the text at its end: there, the half of something is treated as the whole. */
export function mayBeCut(text: string): boolean {
  return cutLength === undefined ? text.length >= SHORTEST_CUT : text.length === cutLength;
}
