import { PERCENT } from './codes.js';

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

const BACKSLASH = 0x5c;

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

/** The SDK cuts values at a length that nobody sets lower. */
const SHORTEST_CUT = 16;

/** Where what is being scanned was cut, if it was; `undefined` where that is not known. */
let cutLength: number | undefined;

/**
 * Says at which length the texts to come were cut: it is the same for all of a span. They are scanned at once, one after the other,
 * so that a variable does, where an argument would go through all that is in between.
 *
 * @returns what was said before, to be said again afterwards
 */
export function setCutLength(length: number | undefined): number | undefined {
  const before = cutLength;
  cutLength = length;
  return before;
}

/** Whether the SDK may have cut the text at its end: there, the half of something is treated as the whole. */
export function mayBeCut(text: string): boolean {
  return cutLength === undefined ? text.length >= SHORTEST_CUT : text.length === cutLength;
}
