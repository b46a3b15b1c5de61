import { isIPv4 } from 'node:net';
import { ALPHANUMERIC, classAt, codeAt, DIGIT, HEX, LETTER, skip } from './characters.js';
import { COLON, DOT, PERCENT, SLASH } from './codes.js';
import { digitsAt } from './digit-groups.js';
import { escapedColonEnd, isAfterLetter } from './escapes.js';
import type { Match } from './match.js';

const LONGEST_IPV6 = 45;

/**
 * Four numbers with dots between them, unless they are the version of a product, as in `Chrome/120.0.0.0` and `v1.2.3.4`.
 *
 * @param length - number of digits from `at` on
 */
export function findIpv4(text: string, at: number, length: number, match: Match): boolean {
  if (length > 3 || codeAt(text, at + length) !== DOT) return false;
  const before = codeAt(text, at - 1);
  if (
    before === DOT ||
    isAfterLetter(text, at) ||
    (before === SLASH && (classAt(text, at - 2) & LETTER) !== 0)
  )
    return false;
  let end = at + length;
  for (let group = 1; group < 4; group++) {
    const next = digitsAt(text, end + 1);
    if (codeAt(text, end) !== DOT || next === 0 || next > 3) return false;
    end += 1 + next;
  }
  if (codeAt(text, end) === DOT && (classAt(text, end + 1) & DIGIT) !== 0) return false;
  if ((classAt(text, end) & ALPHANUMERIC) !== 0 || !isIPv4(text.slice(at, end))) return false;
  // The machine itself, or all of its interfaces: they identify nobody.
  if (text.startsWith('127.', at) || text.startsWith('0.0.0.0', at)) return false;
  match.start = at;
  match.end = end;
  return true;
}

/**
 * Called at the first colon of a run of hexadecimal digits and colons.
 *
 * @returns the end of the run, which need not be searched again. `match.end` is -1 unless the run is an address
 */
export function findIpv6(text: string, at: number, floor: number, match: Match): number {
  match.end = -1;
  // The colon of `https://`, or one between words.
  if ((classAt(text, at + 1) & HEX) === 0 && codeAt(text, at + 1) !== COLON) return at;
  let start = at;
  while (start > floor && at - start < 4 && (classAt(text, start - 1) & HEX) !== 0) start--;
  // The first colon is not part of the address, as in `ip:2001:db8::1`.
  if (start > floor && (classAt(text, start - 1) & ALPHANUMERIC) !== 0) start = at + 1;
  let end = at;
  let colons = 0;
  let digits = 0;
  for (;;) {
    const code = codeAt(text, end);
    if (code === COLON) colons++;
    else if (code !== DOT && (classAt(text, end) & HEX) === 0) break;
    else if ((classAt(text, end) & DIGIT) !== 0) digits++;
    end++;
  }
  for (let before = start; before < at; before++) if ((classAt(text, before) & DIGIT) !== 0) digits++;
  const runEnd = end;
  // A full stop that ends the sentence, or a colon before something else.
  if (codeAt(text, end - 1) === DOT) end--;
  else if (codeAt(text, end - 1) === COLON && codeAt(text, end - 2) !== COLON) end--;
  // Words, too, may have colons between them: `a::b`.
  if (colons < 2 || digits === 0 || end - start > LONGEST_IPV6) return runEnd;
  if (
    (classAt(text, runEnd) & ALPHANUMERIC) === 0 &&
    !isLoopback(text, start, end) &&
    isIpv6(text, start, end)
  ) {
    match.start = start;
    match.end = end;
  }
  return runEnd;
}

/**
 * Finds an address in a URL, where colons are `%3A`. Called at the first escape.
 *
 * @returns what {@link findIpv6} returns
 */
export function findEncodedIpv6(text: string, at: number, floor: number, match: Match): number {
  match.end = -1;
  const first = colonEnd(text, at);
  if (first === -1) return at;
  let start = at;
  while (start > floor && at - start < 4 && (classAt(text, start - 1) & HEX) !== 0) start--;
  if (start > floor && (classAt(text, start - 1) & ALPHANUMERIC) !== 0) start = at;
  // The first colon is not part of the address, as in `ip%3A2001%3Adb8%3A%3A1`.
  if (start === at && colonEnd(text, first) === -1) start = first;
  let end = at;
  let digits = 0;
  for (;;) {
    const colon = colonEnd(text, end);
    if (colon === -1 && (classAt(text, end) & HEX) === 0) break;
    if ((classAt(text, end) & DIGIT) !== 0) digits++;
    end = colon === -1 ? end + 1 : colon;
  }
  for (let before = start; before < at; before++) if ((classAt(text, before) & DIGIT) !== 0) digits++;
  if (digits > 0 && (classAt(text, end) & ALPHANUMERIC) === 0 && isIpv6(text, start, end)) {
    match.start = start;
    match.end = end;
  }
  return end;
}

/** The end of a colon, which may be encoded; -1 if there is none. */
function colonEnd(text: string, at: number): number {
  const code = codeAt(text, at);
  if (code === COLON) return at + 1;
  return code === PERCENT ? escapedColonEnd(text, at) : -1;
}

/** `::1`, also with a port, as in Node's `connect ECONNREFUSED ::1:5432`. */
function isLoopback(text: string, start: number, end: number): boolean {
  if (!text.startsWith('::1', start)) return false;
  return (
    end === start + 3 || (codeAt(text, start + 3) === COLON && skip(text, start + 4, DIGIT, end) === end)
  );
}

/** RFC 4291, 2.2, except for addresses that end in IPv4 notation. Node's `isIPv6` takes several times as long. */
function isIpv6(text: string, start: number, end: number): boolean {
  let groups = 0;
  let digits = 0;
  let isShortened = false;
  for (let at = start; at < end; ) {
    const colon = colonEnd(text, at);
    if (colon !== -1) {
      const second = colon < end ? colonEnd(text, colon) : -1;
      if (second === -1 ? digits === 0 : isShortened) return false;
      isShortened ||= second !== -1;
      at = second === -1 ? colon : second;
      digits = 0;
    } else if ((classAt(text, at) & HEX) === 0 || digits === 4) return false;
    else {
      if (digits++ === 0) groups++;
      at++;
    }
  }
  return isShortened ? groups < 8 : groups === 8;
}
