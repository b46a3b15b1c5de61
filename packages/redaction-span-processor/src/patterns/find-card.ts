import { ALPHANUMERIC, classAt, codeAt, DASH, mayBeCut } from './characters.js';
import type { Match } from './match.js';
import { digitsAt, gapAt } from './separators.js';

/** PCI DSS 3.4.1 lets the first six digits be shown; at a cut, one more is too many. */
const SHORTEST_PART = 7;
const SHORTEST = 13;
const LONGEST = 19;
/** All groups but the last are that long at least. */
const SHORTEST_GROUP = 3;
/** American Express has groups of 4, 6 and 5. */
const LONGEST_GROUP = 6;
const DOT = 0x2e;
const PERCENT = 0x25;

/** `2` to `6`: what the numbers of all issuers begin with. */
const FIRST_OF_CARDS = 0x32;
const LAST_OF_CARDS = 0x36;

/** Issuers by the first four digits of their cards, and how long those are (ISO/IEC 7812, as the networks publish). */
const issuers: readonly (readonly [from: number, to: number, lengths: readonly number[]])[] = [
  [4_000, 4_999, [13, 16, 19]],
  [5_100, 5_599, [16]],
  [2_221, 2_720, [16]],
  [2_200, 2_204, [16, 17, 18, 19]],
  [3_400, 3_499, [15]],
  [3_700, 3_799, [15]],
  [3_000, 3_059, [14, 16, 17, 18, 19]],
  [3_600, 3_699, [14, 15, 16, 17, 18, 19]],
  [3_800, 3_999, [14, 16, 17, 18, 19]],
  [3_528, 3_589, [16, 17, 18, 19]],
  [5_000, 5_099, [13, 14, 15, 16, 17, 18, 19]],
  [5_600, 5_899, [13, 14, 15, 16, 17, 18, 19]],
  [6_000, 6_999, [13, 14, 15, 16, 17, 18, 19]],
];

/**
 * A payment card's number, or the part of one before a cut.
 *
 * @param length - of the digits from `at` on
 */
export function findCard(text: string, at: number, length: number, match: Match): boolean {
  if (length < 4 || length > LONGEST) return false;
  const lengths = lengthsOf(text, at);
  if (lengths === undefined) return false;
  let digits = length;
  let end = at + length;
  let separator = 0;
  let groups = 1;
  let group = length;
  for (;;) {
    if (digits >= SHORTEST && lengths.includes(digits) && isLuhn(text, at, end)) return found(match, at, end);
    const character = codeAt(text, end);
    const gap = character === DOT ? 1 : gapAt(text, end);
    if (end + gap === text.length && character !== DOT) break;
    const next = gap === 0 ? 0 : digitsAt(text, end + gap);
    if (next === 0 || digits + next > LONGEST) return false;
    if (character === DOT && next > LONGEST_GROUP) return false;
    groups++;
    if (separator !== 0 && (character !== separator || group < SHORTEST_GROUP)) return false;
    separator = character;
    group = next;
    digits += next;
    end += gap + next;
  }
  // With one dot it is a decimal number.
  const isDecimal = separator === DOT && groups < 3;
  const isPart = !isDecimal && digits >= SHORTEST_PART && digits < (lengths.at(-1) ?? 0) && mayBeCut(text);
  // A number that is a value by itself, or the last part of an id, was not cut: somebody made it so.
  if (!isPart || (separator === 0 && (at === 0 || isWithin(text, at)))) return false;
  return found(match, at, text.length);
}

function found(match: Match, start: number, end: number): true {
  match.start = start;
  match.end = end;
  return true;
}

function isWithin(text: string, at: number): boolean {
  return (classAt(text, at - 1) & (ALPHANUMERIC | DASH)) !== 0;
}

/** How long a card can be that begins like this. */
function lengthsOf(text: string, at: number): readonly number[] | undefined {
  const first = codeAt(text, at);
  // Most numbers begin with digits that no issuer has.
  if (first < FIRST_OF_CARDS || first > LAST_OF_CARDS) return undefined;
  let number = 0;
  for (let index = 0; index < 4; index++) number = number * 10 + codeAt(text, at + index) - 0x30;
  for (const issuer of issuers) if (number >= issuer[0] && number <= issuer[1]) return issuer[2];
  return undefined;
}

/** ISO/IEC 7812-1, annex B. */
function isLuhn(text: string, start: number, end: number): boolean {
  let sum = 0;
  let double = false;
  for (let at = end - 1; at >= start; at--) {
    let digit = text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) continue;
    // Of `%20`, a space in a URL, the digits are none of the number's.
    if (digit === 0 && codeAt(text, at - 1) === 0x32 && codeAt(text, at - 2) === PERCENT) {
      at -= 2;
      continue;
    }
    if (double) {
      digit *= 2;
      if (digit > 9) digit -= 9;
    }
    sum += digit;
    double = !double;
  }
  return sum % 10 === 0;
}
