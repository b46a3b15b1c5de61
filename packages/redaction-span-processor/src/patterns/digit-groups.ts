import { codeAt } from './characters.js';

const MAX_DIGITS = 20;

/** Number of digits from an index on; 20 stands for any larger number. */
export function digitsAt(text: string, at: number): number {
  const limit = Math.min(at + MAX_DIGITS, text.length);
  let end = at;
  while (end < limit && isDigit(text.charCodeAt(end))) end++;
  return end - at;
}

/** Whether there are exactly this many digits from an index on. */
export function hasDigits(text: string, at: number, count: number): boolean {
  const end = at + count;
  if (end > text.length) return false;
  for (let index = at; index < end; index++) if (!isDigit(text.charCodeAt(index))) return false;
  return end === text.length || !isDigit(text.charCodeAt(end));
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** Length of the space or dash at an index, between two groups of a number; 0 if there is none. */
export function gapAt(text: string, at: number): number {
  switch (codeAt(text, at)) {
    case 0x20: // space
    case 0x2b: // plus, which is a space in a URL
    case 0x2d: // hyphen
    case 0xa0: // other spaces, and other dashes
    case 0x2007:
    case 0x2009:
    case 0x202f:
    case 0x2010:
    case 0x2011:
    case 0x2012:
    case 0x2013:
      return 1;
    case 0x25: // a percent sign, of a space in a URL
      // Not `startsWith`, which takes as long as everything else on a text that is full of them.
      return codeAt(text, at + 1) === 0x32 && codeAt(text, at + 2) === 0x30 ? 3 : 0;
    default:
      return 0;
  }
}
