import { isIPv4, isIPv6 } from 'node:net';
import { ALPHANUMERIC, classAt, DIGIT, HEX, LETTER, skip } from './characters.js';
import type { Match } from './match.js';
import { digitsAt } from './separators.js';

const COLON = 0x3a;
const DOT = 0x2e;
const SLASH = 0x2f;
const LONGEST_IPV6 = 45;

/**
 * Four numbers with dots, unless they are the version of a product, as in `Chrome/120.0.0.0`.
 *
 * @param length - of the digits from `at` on
 */
export function findIpv4(text: string, at: number, length: number, match: Match): boolean {
  if (length > 3 || text.charCodeAt(at + length) !== DOT) return false;
  const before = text.charCodeAt(at - 1);
  if (before === DOT || (before === SLASH && (classAt(text, at - 2) & LETTER) !== 0)) return false;
  let end = at + length;
  for (let group = 1; group < 4; group++) {
    const next = digitsAt(text, end + 1);
    if (text.charCodeAt(end) !== DOT || next === 0 || next > 3) return false;
    end += 1 + next;
  }
  if (text.charCodeAt(end) === DOT && (classAt(text, end + 1) & DIGIT) !== 0) return false;
  if ((classAt(text, end) & ALPHANUMERIC) !== 0 || !isIPv4(text.slice(at, end))) return false;
  match.start = at;
  match.end = end;
  return true;
}

/**
 * At the first colon of a run of hexadecimal digits and colons.
 *
 * @returns where the run ends: nothing in it needs to be looked at again. `match.end` is -1 unless it is an address
 */
export function findIpv6(text: string, at: number, floor: number, match: Match): number {
  match.end = -1;
  let start = at;
  while (start > floor && at - start < 4 && (classAt(text, start - 1) & HEX) !== 0) start--;
  // In `ip:2001:db8::1` the first colon is none of the address.
  if (start > floor && (classAt(text, start - 1) & ALPHANUMERIC) !== 0) start = at + 1;
  let end = at;
  let colons = 0;
  let digits = skip(text, start, DIGIT, at) - start;
  for (;;) {
    const code = text.charCodeAt(end);
    if (code === COLON) colons++;
    else if (code !== DOT && (classAt(text, end) & HEX) === 0) break;
    else if ((classAt(text, end) & DIGIT) !== 0) digits++;
    end++;
  }
  const runEnd = end;
  // The full stop of a sentence, the colon before what follows.
  if (text.charCodeAt(end - 1) === DOT) end--;
  else if (text.charCodeAt(end - 1) === COLON && text.charCodeAt(end - 2) !== COLON) end--;
  // Words have colons between them, too: `a::b`.
  if (colons < 2 || digits === 0 || end - start > LONGEST_IPV6) return runEnd;
  if ((classAt(text, runEnd) & ALPHANUMERIC) === 0 && isIPv6(text.slice(start, end))) {
    match.start = start;
    match.end = end;
  }
  return runEnd;
}
