import { ALPHANUMERIC, classAt, codeAt, DASH, DIGIT, LOCAL, skip } from './characters.js';
import { AT_SIGN, BACKSLASH, DOT, HYPHEN, PERCENT } from './codes.js';
import { mayBeCut } from './cut-length.js';
import { escapedAtSignEnd } from './escapes.js';
import type { Match } from './match.js';

/** RFC 5321, 4.5.3.1. */
const MAX_LOCAL_LENGTH = 64;
const MAX_DOMAIN_LENGTH = 255;

/** Called at `@`, or at its escape: `%40` in a URL, `%2540` in a URL inside a URL, or `\u0040` in JSON. */
export function findEmail(text: string, at: number, floor: number, match: Match): boolean {
  const domain = atSignEnd(text, at);
  if (domain === -1) return false;
  if (domain < text.length && !isOfDomain(text, domain)) return false;
  const end = domainEnd(text, domain);
  if (end === -1) return false;
  const lowest = Math.max(floor, at - MAX_LOCAL_LENGTH);
  let start = at;
  while (start > lowest && isLocal(text, start - 1)) start--;
  // The match right before is the local part: a phone number, for example.
  if (start === at && (at !== floor || floor === 0)) return false;
  match.start = start;
  match.end = end;
  return true;
}

/** Finds the address whose local part contains the match: `bob+20261130@example.com` contains a likely phone number. */
export function findEmailAround(text: string, floor: number, match: Match): boolean {
  const { start, end } = match;
  if (start === floor || !isLocal(text, start - 1)) return false;
  const limit = Math.min(text.length, start + MAX_LOCAL_LENGTH);
  let at = end;
  while (at < limit && isLocal(text, at) && codeAt(text, at) !== PERCENT) at++;
  if (findEmail(text, at, floor, match) && match.start < start) return true;
  match.start = start;
  match.end = end;
  return false;
}

function atSignEnd(text: string, at: number): number {
  const code = codeAt(text, at);
  if (code === AT_SIGN) return at + 1;
  return code === PERCENT || code === BACKSLASH ? escapedAtSignEnd(text, at) : -1;
}

function isLocal(text: string, at: number): boolean {
  return (classAt(text, at) & (ALPHANUMERIC | LOCAL)) !== 0 || codeAt(text, at) > 127;
}

function isOfDomain(text: string, at: number): boolean {
  const code = codeAt(text, at);
  return code === HYPHEN || code > 127 || (classAt(text, at) & ALPHANUMERIC) !== 0;
}

/** The end of the domain; -1 if there is none. Its last label does not begin with a digit, otherwise `package@1.2.3` would be one. */
function domainEnd(text: string, from: number): number {
  const end = Math.min(text.length, from + MAX_DOMAIN_LENGTH);
  let at = from;
  let label = from;
  let named = -1;
  for (; at < end; at++) {
    const code = codeAt(text, at);
    if (code === DOT) {
      if (at === label) break;
      label = at + 1;
    } else if (!isOfDomain(text, at)) break;
    else if (label > from && at > label && (classAt(text, label) & DIGIT) === 0) named = at + 1;
  }
  if (named !== -1) return startsWithVersion(text, from) ? -1 : named;
  return at === text.length && mayBeCut(text) && !isRelease(text, from) ? at : -1;
}

/** Whether the rest is a release with which no domain begins, as in Vertex's names: `claude-opus-4-1@20250805`, `gemini-1.5-pro@001`. */
function isRelease(text: string, from: number): boolean {
  const isLong = text.length - from >= 6;
  return skip(text, from, DIGIT | DASH) === text.length && (isLong || codeAt(text, from) === 0x30);
}

/** Whether a version follows, as in `package@1.0.0-beta.x`. */
function startsWithVersion(text: string, from: number): boolean {
  const minor = skip(text, from, DIGIT, from + 4);
  return minor > from && codeAt(text, minor) === DOT && (classAt(text, minor + 1) & DIGIT) !== 0;
}
