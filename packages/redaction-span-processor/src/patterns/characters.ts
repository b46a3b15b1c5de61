// Classes of ASCII characters, as bits. All other characters have none.

export const DIGIT = 1;
export const UPPER = 2;
export const LOWER = 4;
export const HEX = 8;
/** Besides letters and digits, the characters of which tokens consist. */
export const DASH = 16;
/** Besides letters and digits, the characters that the local part of an e-mail address may contain. */
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

/** The code of the character at an index; -1 outside the text, which makes `charCodeAt` itself several times slower. */
export function codeAt(text: string, at: number): number {
  return at >= 0 && at < text.length ? text.charCodeAt(at) : -1;
}

/** The classes of the character at an index; 0 outside the text, and for characters that are not ASCII. */
export function classAt(text: string, at: number): number {
  const code = codeAt(text, at);
  return code >= 0 && code < 128 ? (classes[code] ?? 0) : 0;
}

/** The first index, from `at` up to `end`, whose character has none of the classes. */
export function skip(text: string, at: number, of: number, end: number = text.length): number {
  const limit = Math.min(end, text.length);
  let to = at;
  for (; to < limit; to++) {
    const code = text.charCodeAt(to);
    if (code > 127 || ((classes[code] ?? 0) & of) === 0) break;
  }
  return to;
}
