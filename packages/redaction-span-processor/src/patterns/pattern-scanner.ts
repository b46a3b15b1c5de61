import { AnchorTable, AT, BACKSLASH, COLON, DIGIT, LETTER, OTHER, PERCENT } from './anchor-table.js';
import { type BuiltInPattern, builtInPatterns } from './built-in-patterns.js';
import { classAt, codeAt, LETTER as LETTERS } from './characters.js';
import { PLUS, SMALL_U } from './codes.js';
import { digitsAt } from './digit-groups.js';
import { DigitRun } from './digit-run.js';
import { jsonEscapeEnd, urlEscapeEnd } from './escapes.js';
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

  // How far the current text has been searched.
  readonly #match: Match = { start: 0, end: -1 };
  readonly #run = new DigitRun();
  /** The end of the latest match: no other may begin before it. */
  #floor = 0;
  /** The end of the latest escape: it is not part of what follows, except in the local part of an e-mail address. */
  #escapeEnd = 0;
  /** No token begins before this index, and no IPv6 address before the next. */
  #noTokenBefore = 0;
  #noIpv6Before = 0;

  /** @param replacements - the patterns to look for, each with the replacement of what it finds */
  constructor(replacements: Readonly<Partial<Record<BuiltInPattern, Replacement>>>) {
    this.#replacements = replacements;
    const wanted = new Set(builtInPatterns.filter((pattern) => replacements[pattern] !== undefined));
    this.#email = wanted.has('email');
    this.#phone = wanted.has('phone');
    this.#iban = wanted.has('iban');
    this.#card = wanted.has('credit-card');
    this.#ssn = wanted.has('ssn');
    this.#ip = wanted.has('ip');
    this.#apiKey = wanted.has('api-key');
    this.#jwt = wanted.has('jwt');
    this.#privateKey = wanted.has('private-key');
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
    this.#prefilter = new Prefilter(wanted);
    this.#anchors = new AnchorTable(wanted, new Set(beginnings.map((beginning) => beginning.charCodeAt(0))));
  }

  /** The text with everything that was found replaced; the same text if nothing was. */
  replace(text: string): string {
    return this.#prefilter.mayFind(text) ? this.replaceUnfiltered(text) : text;
  }

  /** The same without the prefilter. */
  replaceUnfiltered(text: string): string {
    const anchors = this.#anchors;
    const match = this.#match;
    this.#run.forget();
    this.#floor = 0;
    this.#escapeEnd = 0;
    this.#noTokenBefore = 0;
    this.#noIpv6Before = 0;
    let replaced = '';
    // The kind of the character before; after a replacement or an escape, something new begins.
    let before: number = OTHER;
    for (let at = anchors.next(text, 0, before); at < text.length; at = anchors.next(text, at + 1, before)) {
      const kind = anchors.kindAt(text, at);
      let found: BuiltInPattern | undefined;
      switch (kind) {
        case LETTER:
          found = this.#findSecret(text, at);
          break;
        case DIGIT:
          found = this.#findNumber(text, at);
          break;
        case AT:
          found = this.#findAroundAt(text, at);
          break;
        case COLON:
          found = this.#findIpv6(text, at, false);
          break;
        case PERCENT:
          found = this.#findEncoded(text, at) ?? this.#findIpv6(text, at, true);
          break;
        case BACKSLASH:
          if (codeAt(text, at + 1) === SMALL_U) found = this.#findEncoded(text, at);
      }
      before = OTHER;
      if (found !== undefined) {
        if (this.#email && findEmailAround(text, this.#floor, match)) found = 'email';
        const replacement = this.#replacements[found]?.(text.slice(match.start, match.end)) ?? '';
        replaced += text.slice(this.#floor, match.start) + replacement;
        this.#floor = match.end;
        // The `@` after a password belongs to the URL.
        at = kind === AT && found === 'api-key' ? match.end : match.end - 1;
      } else if (kind === PERCENT || kind === BACKSLASH) {
        const end = kind === PERCENT ? urlEscapeEnd(text, at) : jsonEscapeEnd(text, at);
        this.#escapeEnd = end;
        at = end - 1;
      } else before = kind;
    }
    return this.#floor === 0 ? text : replaced + text.slice(this.#floor);
  }

  #findSecret(text: string, at: number): BuiltInPattern | undefined {
    if (at < this.#noTokenBefore || this.#isBeginning[bitsOf(text, at)] !== 1) return undefined;
    const match = this.#match;
    if (this.#privateKey && findPrivateKey(text, at, this.#floor, match)) return 'private-key';
    let end = at;
    if (this.#jwt) {
      end = findJwt(text, at, match);
      if (match.end !== -1) return 'jwt';
    }
    if (this.#apiKey) {
      end = Math.max(end, findApiKey(text, at, match));
      if (match.end !== -1) return 'api-key';
    }
    this.#noTokenBefore = end;
    return undefined;
  }

  #findAroundAt(text: string, at: number): BuiltInPattern | undefined {
    if (this.#apiKey && findUserinfo(text, at, this.#floor, this.#match)) return 'api-key';
    return this.#email && findEmail(text, at, this.#floor, this.#match) ? 'email' : undefined;
  }

  #findNumber(text: string, at: number): BuiltInPattern | undefined {
    const match = this.#match;
    const floor = Math.max(this.#floor, this.#escapeEnd);
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

  #findIpv6(text: string, at: number, isEncoded: boolean): BuiltInPattern | undefined {
    if (!this.#ip || at < this.#noIpv6Before) return undefined;
    const match = this.#match;
    const floor = Math.max(this.#floor, this.#escapeEnd);
    this.#noIpv6Before = isEncoded
      ? findEncodedIpv6(text, at, floor, match)
      : findIpv6(text, at, floor, match);
    return match.end === -1 ? undefined : 'ip';
  }

  /** What begins with, or contains, an escape. */
  #findEncoded(text: string, at: number): BuiltInPattern | undefined {
    const match = this.#match;
    if (this.#email && findEmail(text, at, this.#floor, match)) return 'email';
    const floor = Math.max(this.#floor, this.#escapeEnd);
    return this.#phone && findEncodedPhone(text, at, floor, match) ? 'phone' : undefined;
  }
}

function bitsOf(text: string, at: number): number {
  return ((codeAt(text, at) & 31) << 10) | ((codeAt(text, at + 1) & 31) << 5) | (codeAt(text, at + 2) & 31);
}
