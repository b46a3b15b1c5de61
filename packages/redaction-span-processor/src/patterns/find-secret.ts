import { ALPHANUMERIC, classAt, codeAt, DASH, DIGIT, LETTER, skip } from './characters.js';
import { AT_SIGN, COLON, DOT, SLASH, SPACE } from './codes.js';
import { mayBeCut } from './cut-length.js';
import type { Match } from './match.js';
import { type SecretPrefix, secretPrefixes } from './secret-prefixes.js';

/** At a cut, this many characters after a prefix are a token. */
const SHORTEST_PART = 6;
/** No word is longer. */
const LONGEST_WORD = 20;
const JWT = 'eyJ';
/** No header is shorter: it names an algorithm, as `eyJhbGciOiJub25lIn0` does. */
const SHORTEST_JWT_PART = 10;
const KEY_BEGIN = 'BEGIN ';
const KEY_LABEL_LENGTH = 64;
const QUOTE = 0x22;

/** A prefix with its third character, if it has one: most texts with the same first two differ there. */
type Prefix = SecretPrefix & { readonly third: number };

/** Prefixes by their first two characters, see {@link pairOf}; created on first use. */
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

/** Two ASCII characters as one number. Of other characters, only some bits are used, with which no prefix is found. */
function pairOf(text: string, at: number): number {
  return ((codeAt(text, at) & 0x7f) << 7) | (codeAt(text, at + 1) & 0x7f);
}

/** What the text begins with where {@link findApiKey}, {@link findJwt} or {@link findPrivateKey} is to be called. */
export const apiKeyBeginnings: readonly string[] = secretPrefixes.map(({ prefix }) => prefix);
export const jwtBeginnings: readonly string[] = [JWT];
export const privateKeyBeginnings: readonly string[] = [KEY_BEGIN];

/**
 * Called at the beginning of a word.
 *
 * @returns where the next token may begin: if a token is too short or has no digit, so are all its parts. `match.end` is
 *   -1 if there is no match
 */
export function findApiKey(text: string, at: number, match: Match): number {
  match.end = -1;
  byPair ??= readPrefixes();
  const third = codeAt(text, at + 2);
  for (const secret of byPair.get(pairOf(text, at)) ?? []) {
    const { prefix, minLength, dotted = false, isPassword = false, wordy = false } = secret;
    if ((secret.third !== third && secret.third !== -1) || !text.startsWith(prefix, at)) continue;
    const from = at + prefix.length;
    const end = isPassword ? valueEnd(text, from) : tokenEnd(text, from, dotted);
    const length = end - from;
    const cut = end === text.length && length >= SHORTEST_PART && mayBeCut(text);
    if ((cut || length >= minLength) && !(wordy && isWords(text, from, end))) {
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
 * The user name and password of a URL, as in a connection string: the conventions require them to be left out. Called at
 * the `@`.
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

/** Called at the beginning of a word. @returns what {@link findApiKey} returns */
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

/** Everything up to the end of the key or, if that is missing, of the text. Called at `BEGIN` after dashes. */
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
  // Base64 uses three of these; a URL may encode them, as in `%2F`.
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

/**
 * Whether a token consists of words. Real tokens have digits, or parts too long for a word; names of several words, such
 * as those of packages, mostly have neither.
 */
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
