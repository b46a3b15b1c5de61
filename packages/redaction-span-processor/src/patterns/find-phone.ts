import { ALPHANUMERIC, classAt, codeAt, DASH, DIGIT, LETTER } from './characters.js';
import { DOT, HYPHEN, PERCENT, PLUS, SLASH, SPACE } from './codes.js';
import { mayBeCut } from './cut-length.js';
import { digitsAt, gapAt, hasDigits } from './digit-groups.js';
import { escapedPlusEnd, isAfterLetter } from './escapes.js';
import type { Match } from './match.js';

const OPENING = 0x28;
const CLOSING = 0x29;
/** `x`, in lower case. */
const EXTENSION = 0x78;
/** ITU-T E.164. */
const MAX_DIGITS = 15;
const MIN_DIGITS = 8;
const MIN_DIGITS_AT_CUT = 5;
const MAX_GROUPS = 6;

/**
 * A phone number that is recognisable without a plus: with two zeros and the country's code, in North American notation,
 * or with a leading zero and separators.
 *
 * @param length - number of digits from `at` on
 */
export function findPhone(text: string, at: number, length: number, match: Match): boolean {
  const before = codeAt(text, at - 1);
  // The decimals of a number are not a phone number.
  if (before === DOT) return false;
  if (codeAt(text, at) === 0x30 && length > 1) {
    // Part of a UUID or another id: `…c08-826776064d67`, `order-001234-567890`.
    const isJoined = (classAt(text, at - 1) & DASH) !== 0 && (classAt(text, at - 2) & ALPHANUMERIC) !== 0;
    if (isJoined || isAfterLetter(text, at)) return false;
    return codeAt(text, at + 1) === 0x30
      ? length < 9 && findInternational(text, at + 2, at, match) && !isBeforeWord(text, match.end)
      : findAfter011(text, at, length, match) ||
          findEuropean(text, at, length, match) ||
          findFrench(text, at, match);
  }
  return findNorthAmerican(text, at, length, match);
}

/** Called at the first digit after a plus. */
export function findPhoneAfterPlus(text: string, at: number, floor: number, match: Match): boolean {
  return !isAfterDigit(text, at - 1, floor) && findInternational(text, at, at - 1, match);
}

/** A plus is `%2B` in URLs and `\u002B` in the JSON of some encoders. Called at the percent sign or the backslash. */
export function findEncodedPhone(text: string, at: number, floor: number, match: Match): boolean {
  const from = escapedPlusEnd(text, at);
  return from !== -1 && !isAfterDigit(text, at, floor) && findInternational(text, from, at, match);
}

/** A plus after a digit belongs to a sum or a version: `1.2.3+20261130`. */
function isAfterDigit(text: string, plus: number, floor: number): boolean {
  return plus > floor && (classAt(text, plus - 1) & DIGIT) !== 0;
}

function findInternational(text: string, from: number, start: number, match: Match): boolean {
  const first = codeAt(text, from);
  if (first < 0x31 || first > 0x39) return false;
  // In a text with an encoded plus, an unencoded one is a space.
  const plus = codeAt(text, start) === PERCENT ? -1 : PLUS;
  let digits = 0;
  let end = from;
  for (let at = from, gap = 0; gap < 3 && at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x30 || code > 0x39) {
      const length = code === plus ? 0 : separatorAt(text, at, code);
      if (length === 0) break;
      gap++;
      at += length - 1;
    } else {
      digits++;
      gap = 0;
      // More digits are not a phone number, unless they come after a separator.
      if (digits > MAX_DIGITS) {
        if (end === at) return false;
        break;
      }
      end = at + 1;
    }
  }
  const isPart = end === text.length && digits >= MIN_DIGITS_AT_CUT && mayBeCut(text);
  if (digits < MIN_DIGITS && !isPart) return false;
  match.start = start;
  match.end = end;
  return true;
}

/** Whether letters follow that are not an extension, as in an id. */
function isBeforeWord(text: string, at: number): boolean {
  return (classAt(text, at) & LETTER) !== 0 && (codeAt(text, at) | 0x20) !== EXTENSION;
}

/** Length of the separator at an index, which may be encoded for a URL (`%20`, `%28`, `%29`); 0 if there is none. */
function separatorAt(text: string, at: number, code: number): number {
  if (code !== PERCENT) return isSeparator(code) ? 1 : gapAt(text, at);
  if (codeAt(text, at + 1) !== 0x32) return 0;
  const last = codeAt(text, at + 2);
  return last === 0x30 || (last & 0xfe) === 0x38 ? 3 : 0;
}

function isSeparator(code: number): boolean {
  return (
    code === SPACE || (code >= 0x2d && code <= SLASH) || code === OPENING || code === CLOSING || code === 0xa0
  );
}

/** `(212) 555-0123`, `212-555-0123`, `212.555.0123`, `1 212 555 0123`. */
function findNorthAmerican(text: string, at: number, length: number, match: Match): boolean {
  const hasCountry = length === 1 && codeAt(text, at) === 0x31;
  if (length !== 3 && !hasCountry) return false;
  const isBracketed = codeAt(text, at - 1) === OPENING;
  const area = hasCountry ? at + 2 : at;
  if (hasCountry && (!isSeparator(codeAt(text, at + 1)) || !hasDigits(text, area, 3))) return false;
  let separator = codeAt(text, area + 3);
  let exchange = area + 4;
  if (isBracketed && separator === CLOSING) {
    if (codeAt(text, exchange) === SPACE) exchange++;
    separator = codeAt(text, exchange + 3);
  }
  if (!isSeparator(separator) || separator === SLASH) return false;
  // Three numbers with spaces between them may be just three numbers.
  if (separator === SPACE && !hasCountry && !isBracketed) return false;
  if (!hasDigits(text, exchange, 3) || codeAt(text, exchange + 3) !== separator) return false;
  if (!hasDigits(text, exchange + 4, 4) || codeAt(text, area) < 0x32) return false;
  match.start = isBracketed ? at - 1 : at;
  match.end = exchange + 8;
  return true;
}

/** `011 44 20 7946 0958`: North America dials 011 instead of a plus. */
function findAfter011(text: string, at: number, length: number, match: Match): boolean {
  const gap = gapAt(text, at + 3);
  const is011 = length === 3 && codeAt(text, at + 1) === 0x31 && codeAt(text, at + 2) === 0x31;
  return (
    is011 && gap !== 0 && findInternational(text, at + 3 + gap, at, match) && !isBeforeWord(text, match.end)
  );
}

/** `01.23.45.67.89`, as written in France. */
function findFrench(text: string, at: number, match: Match): boolean {
  for (let pair = at; pair < at + 15; pair += 3) {
    if (!hasDigits(text, pair, 2)) return false;
    if (pair < at + 12 && codeAt(text, pair + 2) !== DOT) return false;
  }
  const end = at + 14;
  if (codeAt(text, end) === DOT && (classAt(text, end + 1) & DIGIT) !== 0) return false;
  match.start = at;
  match.end = end;
  return true;
}

/** `030/12345678`, `(030) 12345678`, `020 7946 0958`, `070-123 45 67`, `01 23 45 67 89`. */
function findEuropean(text: string, at: number, length: number, match: Match): boolean {
  let end = at + length;
  let separator = codeAt(text, end);
  const isBracketed = separator === CLOSING && codeAt(text, at - 1) === OPENING;
  // 01/02/2024 is a date.
  const isSlashed = separator === SLASH && length > 2;
  let digits = length;
  for (let group = 1; group < MAX_GROUPS; group++) {
    let gap = gapAt(text, end);
    if (group === 1 && isBracketed) gap = codeAt(text, end + 1) === SPACE ? 2 : 1;
    else if (group === 1 && isSlashed) gap = 1;
    // After the area code, the separator may be another one.
    else if (group === 2 && separator !== SPACE) separator = codeAt(text, end);
    if (gap === 0 || (group > 1 && codeAt(text, end) !== separator)) break;
    const next = digitsAt(text, end + gap);
    if (next === 0 || digits + next > 12) break;
    digits += next;
    end += gap + next;
  }
  const after = codeAt(text, end);
  if (digits < 9 || digits === length || after === DOT || after === SLASH) return false;
  if (isBeforeWord(text, end)) return false;
  if (after === HYPHEN && (classAt(text, end + 1) & ALPHANUMERIC) !== 0) return false;
  match.start = isBracketed ? at - 1 : at;
  match.end = end;
  return true;
}
