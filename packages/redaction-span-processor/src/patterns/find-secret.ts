import { ALPHANUMERIC, classAt, codeAt, DASH, DIGIT, LETTER, mayBeCut, skip } from './characters.js';
import { AT_SIGN, COLON, DOT, SLASH, SPACE } from './codes.js';
import type { Match } from './match.js';
import { type SecretPrefix, secretPrefixes } from './secret-prefixes.js';

/** At a cut, so many characters after its beginning make a token. */
const SHORTEST_PART = 6;
/** No word is so long. */
const LONGEST_WORD = 20;
const JWT = 'eyJ';
/** `eyJhbGciOiJub25lIn0` is the shortest header that there is: it names an algorithm. */
const SHORTEST_JWT_PART = 10;
const KEY_BEGIN = 'BEGIN ';
const KEY_LABEL_LENGTH = 64;
const QUOTE = 0x22;

/** With its third character, if it has one: most texts differ there. */
type Prefix = SecretPrefix & { readonly third: number };

/** By their first two characters, see {@link pairOf}; made when it is first needed. */
let byPair: ReadonlyMap<number, readonly Prefix[]> | undefined;

function readPrefixes(): ReadonlyMap<number, readonly Prefix[]> {
  const prefixes = new Map<number, Prefix[]>();
  for (const secret of secretPrefixes) {
    const pair = pairOf(secret.prefix, 0);
    const alike = prefixes.get(pair) ?? [];
    alike.push({ ...secret, third: codeAt(secret.prefix, 2) });
    prefixes.set(pair, alike);
  }
  return prefixes;
}

/** Two ASCII characters as one number; what is not ASCII is cut down to something that no prefix begins with. */
function pairOf(text: string, at: number): number {
  return ((codeAt(text, at) & 0x7f) << 7) | (codeAt(text, at + 1) & 0x7f);
}

/** With which one of these begins. */
export const apiKeyBeginnings: readonly string[] = secretPrefixes.map(({ prefix }) => prefix);
export const jwtBeginnings: readonly string[] = [JWT];
export const privateKeyBeginnings: readonly string[] = [KEY_BEGIN];

/**
 * At the beginning of a word.
 *
 * @returns where the next token may be: one that is too short, or has no digit, is so for each of its parts.
 *   `match` is set if there is one
 */
export function findApiKey(text: string, at: number, match: Match): number {
  match.end = -1;
  byPair ??= readPrefixes();
  const third = codeAt(text, at + 2);
  for (const secret of byPair.get(pairOf(text, at)) ?? []) {
    const { prefix, least, dotted = false, isPassword = false, wordy = false } = secret;
    if ((secret.third !== third && secret.third !== -1) || !text.startsWith(prefix, at)) continue;
    const from = at + prefix.length;
    const end = isPassword ? valueEnd(text, from) : tokenEnd(text, from, dotted);
    const length = end - from;
    const cut = end === text.length && length >= SHORTEST_PART && mayBeCut(text);
    if ((cut || length >= least) && !(wordy && isWords(text, from, end))) {
      match.start = at;
      match.end = end;
      return end;
    }
    return end;
  }
  return at;
}

/** Longer than any name and password. */
const LONGEST_USERINFO = 256;

/**
 * At the `@` of a URL with a password before it, as connection strings have it: the conventions ask for names and passwords to be
 * left out of URLs.
 */
export function findUserinfo(text: string, at: number, floor: number, match: Match): boolean {
  const lowest = Math.max(floor, at - LONGEST_USERINFO);
  let password = -1;
  for (let start = at - 1; start >= lowest; start--) {
    const code = codeAt(text, start);
    if (code === COLON) password = start;
    else if (code === SLASH) {
      if (password < start || codeAt(text, start - 1) !== SLASH || codeAt(text, start - 2) !== COLON)
        return false;
      match.start = start + 1;
      match.end = at;
      return password + 1 < at;
    } else if (code <= SPACE || code === QUOTE || code === AT_SIGN) return false;
  }
  return false;
}

/** At the beginning of a word; answers as {@link findApiKey} does. */
export function findJwt(text: string, at: number, match: Match): number {
  match.end = -1;
  if (!text.startsWith(JWT, at)) return at;
  const header = skip(text, at, ALPHANUMERIC | DASH);
  const cut = header === text.length && mayBeCut(text);
  if (header - at < SHORTEST_JWT_PART || (!cut && codeAt(text, header) !== DOT)) return header;
  let end = header;
  for (let part = 1; part < 5 && codeAt(text, end) === DOT; part++)
    end = skip(text, end + 1, ALPHANUMERIC | DASH);
  if (!cut && end === header + 1 && end < text.length) return end;
  match.start = at;
  match.end = end;
  return end;
}

/** At `BEGIN`, within dashes: all up to the end of the key, or of the text where that is missing. */
export function findPrivateKey(text: string, at: number, floor: number, match: Match): boolean {
  if (!text.startsWith(KEY_BEGIN, at) || !text.startsWith('-----', at - 5) || at - 5 < floor) return false;
  const label = text.slice(at, at + KEY_LABEL_LENGTH);
  const dashes = label.indexOf('-----');
  if (dashes === -1 ? at + label.length < text.length : !label.slice(0, dashes).includes('PRIVATE KEY'))
    return false;
  const end = text.indexOf('-----END', at);
  const closing = end === -1 ? -1 : text.indexOf('-----', end + 8);
  match.start = at - 5;
  match.end = closing === -1 || closing > end + KEY_LABEL_LENGTH ? text.length : closing + 5;
  return true;
}

function tokenEnd(text: string, from: number, dotted: boolean): number {
  let end = skip(text, from, ALPHANUMERIC | DASH);
  if (!dotted) return end;
  // Base64 has three of these, which a URL may have as `%2F`.
  while (end < text.length && '.+/=%'.includes(text.charAt(end)))
    end = skip(text, end + 1, ALPHANUMERIC | DASH);
  return end;
}

/** The end of a value in a URL, a connection string, JSON or a list. */
function valueEnd(text: string, from: number): number {
  let end = from;
  while (end < text.length && text.charCodeAt(end) > SPACE && !'"\'`&;,<>\\'.includes(text.charAt(end)))
    end++;
  return end;
}

/** Real ones have digits, or are no word by their length; names of many words, such as those of packages, mostly have none. */
function isWords(text: string, from: number, end: number): boolean {
  let word = from;
  for (let at = from; at < end; at++) {
    const of = classAt(text, at);
    if ((of & DIGIT) !== 0) return false;
    if ((of & LETTER) === 0) word = at + 1;
    else if (at - word >= LONGEST_WORD) return false;
  }
  return true;
}
