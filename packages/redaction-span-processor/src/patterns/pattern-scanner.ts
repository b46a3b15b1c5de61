import { AnchorTable, AT, BACKSLASH, COLON, DIGIT, LETTER, OTHER, PERCENT } from './anchor-table.js';
import type { BuiltInPattern } from './built-in-patterns.js';
import { classAt, codeAt, HEX, LETTER as LETTERS } from './characters.js';
import { COLON as COLON_CODE, PLUS } from './codes.js';
import { digitsAt } from './digit-groups.js';
import { DigitRun } from './digit-run.js';
import { escapedColonEnd, isShortEscape, isUnicodeEscape, urlEscapeEnd } from './escapes.js';
import { findCard } from './find-card.js';
import { findEmail, findEmailAround } from './find-email.js';
import { findIban } from './find-iban.js';
import { findEncodedIpv6, findIpv4, findIpv6 } from './find-ip.js';
import { findEncodedPhone, findPhone, findPhoneAfterPlus } from './find-phone.js';
import {
  apiKeyBeginnings,
  findApiKey,
  findJwt,
  findPrivateKey,
  findUserinfo,
  jwtBeginnings,
  privateKeyBeginnings,
} from './find-secret.js';
import { findSsn } from './find-ssn.js';
import type { Match } from './match.js';
import { Prefilter } from './prefilter.js';

/** Returns the replacement of what was found; `undefined` removes it. */
export type Replacement = (found: string) => string | undefined;

/**
 * Looks for all patterns in one pass: most characters cost one look-up in a small table, and at the others only the
 * patterns that can begin there are tried. Takes linear time, whatever the text.
 */
export class PatternScanner {
  readonly #replacements: Readonly<Partial<Record<BuiltInPattern, Replacement>>>;
  readonly #email: boolean;
  readonly #phone: boolean;
  readonly #iban: boolean;
  readonly #card: boolean;
  readonly #ssn: boolean;
  readonly #ip: boolean;
  readonly #apiKey: boolean;
  readonly #jwt: boolean;
  readonly #privateKey: boolean;
  readonly #prefilter: Prefilter;
  readonly #anchors: AnchorTable;
  /** Whether a pattern that begins a word may begin with these three characters, by five bits of each. */
  readonly #isBeginning = new Uint8Array(1 << 15);
  readonly #match: Match = { start: 0, end: -1 };
  readonly #run = new DigitRun();

  /** @param replacements - the patterns to look for, each with the replacement of what it finds */
  constructor(replacements: Readonly<Partial<Record<BuiltInPattern, Replacement>>>) {
    this.#replacements = replacements;
    const wants = (pattern: BuiltInPattern) => replacements[pattern] !== undefined;
    this.#email = wants('email');
    this.#phone = wants('phone');
    this.#iban = wants('iban');
    this.#card = wants('credit-card');
    this.#ssn = wants('ssn');
    this.#ip = wants('ip');
    this.#apiKey = wants('api-key');
    this.#jwt = wants('jwt');
    this.#privateKey = wants('private-key');
    const beginnings = [
      ...(this.#apiKey ? apiKeyBeginnings : []),
      ...(this.#jwt ? jwtBeginnings : []),
      ...(this.#privateKey ? privateKeyBeginnings : []),
    ];
    for (const beginning of beginnings) {
      const bits = bitsOf(beginning, 0);
      // After a beginning of two characters, the third may be any.
      if (beginning.length < 3) this.#isBeginning.fill(1, bits & ~31, (bits & ~31) + 32);
      else this.#isBeginning[bits] = 1;
    }
    const digits = this.#phone || this.#iban || this.#card || this.#ssn || this.#ip;
    this.#prefilter = new Prefilter({
      email: this.#email,
      ip: this.#ip,
      digits,
      apiKey: this.#apiKey,
      jwt: this.#jwt,
      privateKey: this.#privateKey,
    });
    this.#anchors = new AnchorTable({
      email: this.#email,
      apiKey: this.#apiKey,
      ip: this.#ip,
      digits,
      initials: new Set(beginnings.map((beginning) => beginning.charCodeAt(0))),
    });
  }

  /** The text with everything that was found replaced; the same text if nothing was. */
  replace(text: string): string {
    return this.#prefilter.mayFind(text) ? this.replaceUnfiltered(text) : text;
  }

  /** The same without the prefilter. */
  replaceUnfiltered(text: string): string {
    const anchors = this.#anchors;
    const isBeginning = this.#isBeginning;
    const match = this.#match;
    this.#run.forget();
    let replaced = '';
    // No match may begin before this index.
    let floor = 0;
    // The end of the latest escape: it is not part of what follows.
    let escaped = 0;
    let noTokenBefore = 0;
    let noIpv6Before = 0;
    // The kind of the character before; after a replacement or an escape, something new begins.
    let before: number = OTHER;
    for (let at = anchors.next(text, 0, before); at < text.length; at = anchors.next(text, at + 1, before)) {
      before = anchors.kindAt(text, at);
      let found: BuiltInPattern | undefined;
      switch (before) {
        case LETTER:
          if (at >= noTokenBefore && isBeginning[bitsOf(text, at)] === 1) {
            found = this.#findSecret(text, at, floor);
            if (found === undefined) noTokenBefore = this.#tokenEnd;
          }
          break;
        case DIGIT:
          found = this.#findNumber(text, at, Math.max(floor, escaped));
          break;
        case AT:
          if (this.#apiKey && findUserinfo(text, at, floor, match)) found = 'api-key';
          else if (this.#email && findEmail(text, at, floor, match)) found = 'email';
          break;
        case PERCENT:
          found = this.#findEncoded(text, at, floor, escaped);
          if (found !== undefined) break;
          if (this.#ip && at >= noIpv6Before && escapedColonEnd(text, at) !== -1) {
            noIpv6Before = findEncodedIpv6(text, at, Math.max(floor, escaped), match);
            if (match.end !== -1) {
              found = 'ip';
              break;
            }
          }
          escaped = urlEscapeEnd(text, at);
          at = escaped - 1;
          before = OTHER;
          break;
        case COLON:
          // The colon of an address, not that of `https://`, or one between words.
          if (at >= noIpv6Before && isHexOrColon(text, at + 1)) {
            noIpv6Before = findIpv6(text, at, Math.max(floor, escaped), match);
            if (match.end !== -1) found = 'ip';
          }
          break;
        case BACKSLASH:
          if (isShortEscape(text, at)) at++;
          else if (isUnicodeEscape(text, at)) {
            found = this.#findEncoded(text, at, floor, escaped);
            if (found !== undefined) break;
            at += 5;
          }
          escaped = at + 1;
          before = OTHER;
      }
      if (found === undefined) continue;
      if (this.#email && findEmailAround(text, floor, match)) found = 'email';
      const replacement = this.#replacements[found]?.(text.slice(match.start, match.end)) ?? '';
      replaced += text.slice(floor, match.start) + replacement;
      floor = match.end;
      // The `@` after a password belongs to the URL.
      at = before === AT && found === 'api-key' ? match.end : match.end - 1;
      before = OTHER;
    }
    return floor === 0 ? text : replaced + text.slice(floor);
  }

  #tokenEnd = 0;

  #findSecret(text: string, at: number, floor: number): BuiltInPattern | undefined {
    const match = this.#match;
    this.#tokenEnd = at;
    if (this.#privateKey && findPrivateKey(text, at, floor, match)) return 'private-key';
    if (this.#jwt) {
      this.#tokenEnd = findJwt(text, at, match);
      if (match.end !== -1) return 'jwt';
    }
    if (this.#apiKey) {
      this.#tokenEnd = Math.max(this.#tokenEnd, findApiKey(text, at, match));
      if (match.end !== -1) return 'api-key';
    }
    return undefined;
  }

  #findNumber(text: string, at: number, floor: number): BuiltInPattern | undefined {
    const match = this.#match;
    if (this.#iban && (classAt(text, at - 1) & LETTERS) !== 0 && findIban(text, at, floor, match))
      return 'iban';
    const length = digitsAt(text, at);
    // After a plus, the digits of a card are those of a phone number.
    if (this.#phone && codeAt(text, at - 1) === PLUS && findPhoneAfterPlus(text, at, floor, match))
      return 'phone';
    // The most specific pattern first: a card is not a phone number.
    if (this.#ip && findIpv4(text, at, length, match)) return 'ip';
    if (this.#card && findCard(text, at, length, this.#run, match)) return 'credit-card';
    if (this.#ssn && findSsn(text, at, length, match)) return 'ssn';
    if (this.#phone && findPhone(text, at, length, match)) return 'phone';
    return undefined;
  }

  #findEncoded(text: string, at: number, floor: number, escaped: number): BuiltInPattern | undefined {
    const match = this.#match;
    if (this.#email && findEmail(text, at, floor, match)) return 'email';
    return this.#phone && findEncodedPhone(text, at, Math.max(floor, escaped), match) ? 'phone' : undefined;
  }
}

function bitsOf(text: string, at: number): number {
  return ((codeAt(text, at) & 31) << 10) | ((codeAt(text, at + 1) & 31) << 5) | (codeAt(text, at + 2) & 31);
}

function isHexOrColon(text: string, at: number): boolean {
  return (classAt(text, at) & HEX) !== 0 || codeAt(text, at) === COLON_CODE;
}
