import { ALPHANUMERIC, classAt, codeAt, DASH } from './characters.js';
import { HYPHEN } from './codes.js';
import { mayBeCut } from './cut-length.js';
import { digitsAt, gapAt, hasDigits } from './digit-groups.js';
import type { Match } from './match.js';

/**
 * A social security number of the USA, or the part of one before a cut.
 *
 * @param length - number of digits from `at` on
 */
export function findSsn(text: string, at: number, length: number, match: Match): boolean {
  if (length !== 3) return false;
  const gap = gapAt(text, at + 3);
  const group = at + 3 + gap;
  if (gap === 0 || !hasDigits(text, group, 2)) return false;
  if (!text.startsWith(text.slice(at + 3, group), group + 2)) return false;
  // Never issued: areas 000, 666 and 900 and above, group 00, serial 0000.
  if (text.startsWith('000', at) || text.startsWith('666', at) || text[at] === '9') return false;
  if (text.startsWith('00', group)) return false;
  const serial = group + 2 + gap;
  const digits = digitsAt(text, serial);
  if (digits === 4 ? text.startsWith('0000', serial) : digits > 4) return false;
  const end = serial + digits;
  if (digits < 4) {
    // Three digits, a space and two digits may be many other things.
    const isPart = end === text.length && codeAt(text, at + 3) === HYPHEN && mayBeCut(text);
    if (!isPart || (classAt(text, at - 1) & (ALPHANUMERIC | DASH)) !== 0) return false;
  }
  match.start = at;
  match.end = end;
  return true;
}
