import { ALPHANUMERIC, classAt, codeAt, DASH, DIGIT } from './characters.js';
import { DOT, HYPHEN } from './codes.js';
import { mayBeCut } from './cut-length.js';
import { gapAt } from './digit-groups.js';
import { type DigitRun, isLowerHex } from './digit-run.js';
import type { Match } from './match.js';

/** PCI DSS 3.4.1 allows the first six digits to be shown; at a cut, one more is too many. */
const SHORTEST_PART = 7;
const LONGEST = 19;
/** Minimum length of all groups except the last. */
const SHORTEST_GROUP = 3;
/** American Express has groups of 4, 6 and 5. */
const LONGEST_GROUP = 6;

/** Lengths of ids in hexadecimal digits: of spans, documents and traces, SHA-1 and SHA-256. */
const HEX_IDS: ReadonlySet<number> = new Set([16, 24, 32, 40, 64]);

/** `2` to `6`: the first digits of all issuers. */
const FIRST_OF_CARDS = 0x32;
const LAST_OF_CARDS = 0x36;

/**
 * Issuers by the first four digits of their cards, with the lengths of their numbers (ISO/IEC 7812, as published by the
 * networks). Cards with 13 digits have not been issued for decades. Article numbers (EAN-13) have 13 digits too, and
 * every tenth of them has the check digit of a card.
 */
const issuers: readonly (readonly [from: number, to: number, lengths: number])[] = [
  [4_000, 4_999, bitsOf(16, 19)],
  [5_100, 5_599, bitsOf(16)],
  [2_221, 2_720, bitsOf(16)],
  [2_200, 2_204, bitsOf(16, 17, 18, 19)],
  [3_400, 3_499, bitsOf(15)],
  [3_700, 3_799, bitsOf(15)],
  [3_000, 3_059, bitsOf(14, 16, 17, 18, 19)],
  [3_600, 3_699, bitsOf(14, 15, 16, 17, 18, 19)],
  [3_800, 3_999, bitsOf(14, 16, 17, 18, 19)],
  [3_528, 3_589, bitsOf(16, 17, 18, 19)],
  [5_000, 5_099, bitsOf(14, 15, 16, 17, 18, 19)],
  [5_600, 5_899, bitsOf(14, 15, 16, 17, 18, 19)],
  [6_000, 6_999, bitsOf(14, 15, 16, 17, 18, 19)],
];

function bitsOf(...lengths: readonly number[]): number {
  return lengths.reduce((bits, length) => bits | (1 << length), 0);
}

/**
 * A payment card's number, or the part of one before a cut.
 *
 * @param length - number of digits from `at` on
 * @param run - the run of digits that was read last in this text
 */
export function findCard(text: string, at: number, length: number, run: DigitRun, match: Match): boolean {
  if (length < 4 || length > LONGEST) return false;
  const lengths = lengthsOf(text, at);
  if (lengths === 0) return false;
  const first = run.groupAt(text, at);
  const start = run.starts[first] ?? 0;
  let separator = 0;
  let before = 0;
  let digits = 0;
  let group = first;
  for (; group < run.groups; group++) {
    const length = (run.starts[group + 1] ?? 0) - start - digits;
    digits += length;
    if (digits > LONGEST) return false;
    if (group > first) {
      const character = run.separators[group] ?? 0;
      if (character === DOT && length > LONGEST_GROUP) return false;
      if (separator !== 0 && (character !== separator || before < SHORTEST_GROUP)) return false;
      separator = character;
    }
    before = length;
    if (((lengths >> digits) & 1) === 1 && run.isLuhn(first, group)) {
      const end = run.endOf(group);
      const isOther =
        group === first
          ? isFraction(text, at) || isHexId(text, at, digits, run)
          : separator === HYPHEN && isLowerHex(codeAt(text, end));
      return isOther ? false : found(match, at, end);
    }
  }
  const end = run.endOf(group - 1);
  if (end + gapAt(text, end) < text.length) return false;
  // With one dot it is a decimal number.
  const isDecimal = separator === DOT && group - first < 3;
  const isPart = !isDecimal && digits >= SHORTEST_PART && lengths >> (digits + 1) !== 0 && mayBeCut(text);
  // A number that is the whole value, or the last part of an id, was not cut.
  if (!isPart || (separator === 0 && (at === 0 || isAfterWord(text, at)))) return false;
  return found(match, at, text.length);
}

function found(match: Match, start: number, end: number): true {
  match.start = start;
  match.end = end;
  return true;
}

function isAfterWord(text: string, at: number): boolean {
  return (classAt(text, at - 1) & (ALPHANUMERIC | DASH)) !== 0;
}

/** Whether the digits are the decimals of a number. */
function isFraction(text: string, at: number): boolean {
  return codeAt(text, at - 1) === DOT && (classAt(text, at - 2) & DIGIT) !== 0;
}

/**
 * Whether the digits are part of an id in hexadecimal digits, such as that of a span, a trace or a commit: one in ten such
 * numbers passes a card's check. A UUID is recognised by its dashes.
 */
function isHexId(text: string, at: number, digits: number, run: DigitRun): boolean {
  const length = run.readHex(text, at);
  if (length <= digits || !HEX_IDS.has(length)) return false;
  return (
    (classAt(text, run.hexStart - 1) & ALPHANUMERIC) === 0 && (classAt(text, run.hexEnd) & ALPHANUMERIC) === 0
  );
}

/** Lengths by the first four digits; created on first use. */
let lengthsByBeginning: Uint32Array | undefined;

function readIssuers(): Uint32Array {
  const lengths = new Uint32Array(10_000);
  for (const [from, to, bits] of issuers) lengths.fill(bits, from, to + 1);
  return lengths;
}

/** The possible lengths of a card number that begins like this, as bits. */
function lengthsOf(text: string, at: number): number {
  const first = codeAt(text, at);
  // Most numbers begin with digits that no issuer has.
  if (first < FIRST_OF_CARDS || first > LAST_OF_CARDS) return 0;
  let number = 0;
  for (let index = 0; index < 4; index++) number = number * 10 + codeAt(text, at + index) - 0x30;
  lengthsByBeginning ??= readIssuers();
  return lengthsByBeginning[number] ?? 0;
}
