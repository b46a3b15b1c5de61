import { getCountrySpecifications } from 'ibantools';
import { ALPHANUMERIC, classAt, codeAt, DASH, DIGIT, LOWER, UPPER } from './characters.js';
import { PERCENT } from './codes.js';
import { mayBeCut } from './cut-length.js';
import { gapAt } from './digit-groups.js';
import type { Match } from './match.js';

/** The separators in ASCII have no higher code than this; all characters that count have. */
const DASH_CODE = 0x2d;
/** The country, the check digits, and enough of the account number to recognise it. */
const SHORTEST_PART = 8;

/** Lengths by country, from SWIFT's registry; 0 for a country without IBANs. Created on first use. */
let lengths: Uint8Array | undefined;

function readLengths(): Uint8Array {
  const lengths = new Uint8Array(26 * 32);
  for (const [country, { chars, IBANRegistry }] of Object.entries(getCountrySpecifications()))
    if (IBANRegistry && chars !== null) lengths[indexOf(country, 0)] = chars;
  return lengths;
}

/** Two letters, of either case, as one number. */
function indexOf(text: string, at: number): number {
  return ((codeAt(text, at) & 0x1f) - 1) * 32 + (codeAt(text, at + 1) & 0x1f);
}

/** Called at the first check digit. */
export function findIban(text: string, at: number, floor: number, match: Match): boolean {
  const start = at - 2;
  if (start < floor || (classAt(text, at + 1) & DIGIT) === 0) return false;
  const of = classAt(text, start) & classAt(text, start + 1) & (UPPER | LOWER);
  if (of === 0 || (start > floor && (classAt(text, start - 1) & ALPHANUMERIC) !== 0)) return false;
  lengths ??= readLengths();
  const length = lengths[indexOf(text, start)] ?? 0;
  if (length === 0) return false;
  const firstLetter = of === UPPER ? 0x41 : 0x61;
  let characters = 0;
  let end = start;
  for (; end < text.length && characters < length; end++) {
    const code = text.charCodeAt(end);
    if ((code >= 0x30 && code <= 0x39) || (code >= firstLetter && code < firstLetter + 26)) {
      characters++;
      continue;
    }
    const gap = end > at + 1 ? gapAt(text, end) : 0;
    if (gap === 0) break;
    end += gap - 1;
  }
  if (characters < length) {
    if (end < text.length || characters < SHORTEST_PART || !mayBeCut(text)) return false;
    // The last part of a UUID, or an id that is the whole value, was not cut.
    if (start === 0 || (classAt(text, start - 1) & DASH) !== 0) return false;
  } else if ((classAt(text, end) & ALPHANUMERIC) !== 0 || !isChecked(text, start, end)) return false;
  match.start = start;
  match.end = end;
  return true;
}

/** Whether the check digits are right. For the calculation, country and check digits come last. */
function isChecked(text: string, start: number, end: number): boolean {
  let rest = 0;
  for (let index = start + 4; index < end; index++) {
    const code = text.charCodeAt(index);
    if (code > DASH_CODE && code < 0x80) rest = append(rest, code);
    else if (code === PERCENT) index += 2;
  }
  for (let index = start; index < start + 4; index++) rest = append(rest, codeAt(text, index));
  return rest % 97 === 1;
}

/** ISO 7064, MOD 97-10: a letter counts as the number 10 to 35. */
function append(rest: number, code: number): number {
  const next = code < 0x3a ? rest * 10 + code - 0x30 : rest * 100 + (code & 0x1f) + 9;
  // Rarely: the division takes longer than everything else.
  return next > 10_000_000 ? next % 97 : next;
}
