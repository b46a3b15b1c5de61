import { ALPHANUMERIC, classAt, codeAt, DASH, mayBeCut } from './characters.js';
import type { Match } from './match.js';
import { gapAt } from './separators.js';

/** PCI DSS 3.4.1 lets the first six digits be shown; at a cut, one more is too many. */
const SHORTEST_PART = 7;
const LONGEST = 19;
/** All groups but the last are that long at least. */
const SHORTEST_GROUP = 3;
/** American Express has groups of 4, 6 and 5. */
const LONGEST_GROUP = 6;
const DOT = 0x2e;

/** `2` to `6`: what the numbers of all issuers begin with. */
const FIRST_OF_CARDS = 0x32;
const LAST_OF_CARDS = 0x36;

/** Issuers by the first four digits of their cards, and how long those are (ISO/IEC 7812, as the networks publish). */
const issuers: readonly (readonly [from: number, to: number, lengths: number])[] = [
  [4_000, 4_999, bitsOf(13, 16, 19)],
  [5_100, 5_599, bitsOf(16)],
  [2_221, 2_720, bitsOf(16)],
  [2_200, 2_204, bitsOf(16, 17, 18, 19)],
  [3_400, 3_499, bitsOf(15)],
  [3_700, 3_799, bitsOf(15)],
  [3_000, 3_059, bitsOf(14, 16, 17, 18, 19)],
  [3_600, 3_699, bitsOf(14, 15, 16, 17, 18, 19)],
  [3_800, 3_999, bitsOf(14, 16, 17, 18, 19)],
  [3_528, 3_589, bitsOf(16, 17, 18, 19)],
  [5_000, 5_099, bitsOf(13, 14, 15, 16, 17, 18, 19)],
  [5_600, 5_899, bitsOf(13, 14, 15, 16, 17, 18, 19)],
  [6_000, 6_999, bitsOf(13, 14, 15, 16, 17, 18, 19)],
];

function bitsOf(...lengths: readonly number[]): number {
  return lengths.reduce((bits, length) => bits | (1 << length), 0);
}

/**
 * A payment card's number, or the part of one before a cut.
 *
 * @param length - of the digits from `at` on
 */
export function findCard(text: string, at: number, length: number, match: Match): boolean {
  if (length < 4 || length > LONGEST) return false;
  const lengths = lengthsOf(text, at);
  if (lengths === 0) return false;
  // Sums of ISO/IEC 7812-1, annex B, with every second digit doubled, from the last on and from the last but one.
  let sum = 0;
  let sumIfMore = 0;
  let digits = 0;
  let end = at;
  let separator = 0;
  let groups = 0;
  let group = 0;
  for (let gap = 0, character = 0; ; ) {
    let next = 0;
    for (let from = end + gap; ; next++) {
      const digit = codeAt(text, from + next) - 0x30;
      if (digit < 0 || digit > 9) break;
      if (digits + next === LONGEST) return false;
      const sumBefore = sum;
      sum = sumIfMore + digit;
      sumIfMore = sumBefore + digit * 2 - (digit > 4 ? 9 : 0);
    }
    if (groups > 0) {
      if (next === 0 || (character === DOT && next > LONGEST_GROUP)) return false;
      if (separator !== 0 && (character !== separator || group < SHORTEST_GROUP)) return false;
      separator = character;
    }
    groups++;
    group = next;
    digits += next;
    end += gap + next;
    if (sum % 10 === 0 && ((lengths >> digits) & 1) === 1) return found(match, at, end);
    character = codeAt(text, end);
    gap = character === DOT ? 1 : gapAt(text, end);
    if (end + gap === text.length && character !== DOT) break;
    if (gap === 0) return false;
  }
  // With one dot it is a decimal number.
  const isDecimal = separator === DOT && groups < 3;
  const isPart = !isDecimal && digits >= SHORTEST_PART && lengths >> (digits + 1) !== 0 && mayBeCut(text);
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

/** How long a card can be that begins like this, as bits. */
function lengthsOf(text: string, at: number): number {
  const first = codeAt(text, at);
  // Most numbers begin with digits that no issuer has.
  if (first < FIRST_OF_CARDS || first > LAST_OF_CARDS) return 0;
  let number = 0;
  for (let index = 0; index < 4; index++) number = number * 10 + codeAt(text, at + index) - 0x30;
  for (const issuer of issuers) if (number >= issuer[0] && number <= issuer[1]) return issuer[2];
  return 0;
}
