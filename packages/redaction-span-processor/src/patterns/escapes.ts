import { classAt, codeAt, HEX, LETTER } from './characters.js';
import { BACKSLASH, PERCENT, SMALL_U } from './codes.js';

// Characters in the escapes of URLs (`%40`, or `%2540` in a URL inside a URL) and of JSON (`\n`, `\u0040`).

/** `n`, `r`, `t`, `b`, `f`: after a backslash they don't begin a word. */
const AFTER_BACKSLASH: ReadonlySet<number> = new Set([0x6e, 0x72, 0x74, 0x62, 0x66]);

/** Whether a letter precedes the index, and is not the end of an escape such as `\n` or `%3D`. */
export function isAfterLetter(text: string, at: number): boolean {
  if ((classAt(text, at - 1) & LETTER) === 0) return false;
  return codeAt(text, at - 2) !== BACKSLASH && codeAt(text, at - 3) !== PERCENT;
}

/** The end of a URL's escape, or of its percent sign if it is none. */
export function urlEscapeEnd(text: string, percent: number): number {
  const digits = urlEscapeDigits(text, percent);
  return (classAt(text, digits) & classAt(text, digits + 1) & HEX) !== 0 ? digits + 2 : digits;
}

/** The end of an escape of JSON, or of its backslash if it is none. */
export function jsonEscapeEnd(text: string, backslash: number): number {
  const next = codeAt(text, backslash + 1);
  if (next !== SMALL_U) return AFTER_BACKSLASH.has(next) ? backslash + 2 : backslash + 1;
  for (let digit = backslash + 2; digit < backslash + 6; digit++)
    if ((classAt(text, digit) & HEX) === 0) return backslash + 1;
  return backslash + 6;
}

/** The end of an escaped `@`; -1 if there is none at the index. */
export function escapedAtSignEnd(text: string, at: number): number {
  return escapedCharacterEnd(text, at, 0x34, 0x30);
}

/** The end of an escaped `+`; -1 if there is none at the index. */
export function escapedPlusEnd(text: string, at: number): number {
  return escapedCharacterEnd(text, at, 0x32, 0x62);
}

/** The end of an escaped `:`; -1 if there is none at the index. */
export function escapedColonEnd(text: string, at: number): number {
  return escapedCharacterEnd(text, at, 0x33, 0x61);
}

/**
 * @param high - code of the first hexadecimal digit of the escaped character
 * @param low - code of its second hexadecimal digit, which is a digit or a lower-case letter
 */
function escapedCharacterEnd(text: string, at: number, high: number, low: number): number {
  const isJson = codeAt(text, at) === BACKSLASH;
  if (isJson && !text.startsWith('u00', at + 1)) return -1;
  const digits = isJson ? at + 4 : urlEscapeDigits(text, at);
  return codeAt(text, digits) === high && (codeAt(text, digits + 1) | 0x20) === low ? digits + 2 : -1;
}

/** The index of an escape's hexadecimal digits, given its percent sign. */
function urlEscapeDigits(text: string, percent: number): number {
  let at = percent + 1;
  while (codeAt(text, at) === 0x32 && codeAt(text, at + 1) === 0x35) at += 2;
  return at;
}
