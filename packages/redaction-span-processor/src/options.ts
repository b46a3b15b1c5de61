import {
  aFunction,
  anObjectWith,
  aPositiveInteger,
  aString,
  type Check,
  describe,
  oneOf,
} from '@llm-otel/common';
import type { MeterProvider } from '@opentelemetry/api';
import { type BuiltInPattern, builtInPatterns } from './patterns/built-in-patterns.js';
import type { KeyMatcher, RedactionRule } from './redaction-rule.js';

/** A pattern of one's own: its name, and what it looks for. */
export interface CustomPattern {
  readonly name: string;
  /** A regular expression, or what stands between its slashes. Must not take more than linear time. */
  readonly regex: RegExp | string;
  /** Of a `regex` that is a string. @defaultValue none */
  readonly flags?: string | undefined;
}

/** What is looked for in text that stays: `'built-in'` is all patterns that are built in. */
export type PatternOption = BuiltInPattern | 'built-in' | RegExp | CustomPattern;

/** What is redacted, and how. */
export interface RedactionOptions {
  /**
   * `'strict'` goes beyond content: identifiers of people and sessions are hashed, or removed if there is no
   * `hmacKey`, and the metadata that the application's developer added is removed.
   * @defaultValue `'default'`
   */
  readonly preset?: 'default' | 'strict' | undefined;
  /**
   * What becomes of content: it is removed, replaced by the marker, replaced by its HMAC-SHA-256
   * (`hmac-sha256:` and hexadecimal digits: equal texts stay equal), or kept.
   * @defaultValue `'remove'`
   */
  readonly content?: 'remove' | 'mask' | 'hash' | 'keep' | undefined;
  /** What stands for what was masked. @defaultValue `'[REDACTED]'` */
  readonly marker?: string | undefined;
  /** Secret of hashes; required where something is to be hashed. */
  readonly hmacKey?: string | undefined;
  /**
   * `'block'`: what is content goes. `'allow'`: only what `allowKeys` lists stays.
   * @defaultValue `'block'`
   */
  readonly mode?: 'block' | 'allow' | undefined;
  /**
   * Keys that stay, of attributes of spans, events and links; `status.message` is the message of the status.
   * In `mode: 'allow'` a pattern does not release content, a name does.
   * @defaultValue none
   */
  readonly allowKeys?: readonly KeyMatcher[] | undefined;
  /**
   * Keys that are treated as content too; with `content: 'keep'` they are removed. A pattern in
   * `blockKeys` goes before one in `allowKeys`, a name in `allowKeys` before both.
   * @defaultValue none
   */
  readonly blockKeys?: readonly KeyMatcher[] | undefined;
  /**
   * What goes before all that: of the rules that match, the first applies.
   * @defaultValue none
   */
  readonly rules?: readonly RedactionRule[] | undefined;
  /**
   * What is looked for, and masked, in the text that stays: error messages, attributes of the application's own,
   * URLs, names. `[]` looks for nothing.
   * @defaultValue `['built-in']`
   */
  readonly patterns?: readonly PatternOption[] | undefined;
  /**
   * `'counts'` writes `llm.redaction.removed_count` and `llm.redaction.masked_count` on spans that were changed,
   * `'keys'` also `llm.redaction.keys`.
   * @defaultValue `'none'`
   */
  readonly summary?: 'none' | 'counts' | 'keys' | undefined;
  /**
   * Counts what is done: `llm.redaction.values` (by `action`) and `llm.redaction.spans` (by `outcome`).
   * @defaultValue no metrics
   */
  readonly meterProvider?: MeterProvider | undefined;
}

const aText: Check = (value) =>
  typeof value === 'string' && value !== '' ? undefined : 'a string that is not empty';

/** How each option must be. */
export const checks: { readonly [Name in keyof Required<RedactionOptions>]: Check } = {
  preset: oneOf('default', 'strict'),
  content: oneOf('remove', 'mask', 'hash', 'keep'),
  marker: aText,
  hmacKey: aText,
  mode: oneOf('block', 'allow'),
  allowKeys: keyList,
  blockKeys: keyList,
  rules: anArray,
  patterns: patternList,
  summary: oneOf('none', 'counts', 'keys'),
  meterProvider: anObjectWith('getMeter', 'a MeterProvider'),
};

const ACTIONS = ['remove', 'mask', 'hash', 'keep', 'truncate'] as const;

/** How each part of a rule must be. */
export const ruleChecks: { readonly [Name in keyof Required<RedactionRule>]: Check } = {
  name: aText,
  match: (value) => {
    if (looksLikePattern(value)) return 'a name as it is, or a RegExp or { regex }';
    return isMatch(value) ? undefined : 'a key, a regular expression, { regex }, { group } or { pattern }';
  },
  action: (value) =>
    aFunction(value) === undefined || ACTIONS.some((action) => action === value)
      ? undefined
      : `${oneOf(...ACTIONS)(undefined)} or a function`,
  marker: aText,
  maxLength: aPositiveInteger,
};

function isMatch(value: unknown): boolean {
  if (isKeyMatcher(value)) return true;
  if (!hasOneKey(value, 'group') && !hasOneKey(value, 'pattern')) return false;
  const { group, pattern } = value as { group?: unknown; pattern?: unknown };
  return pattern === undefined
    ? oneOf('content', 'identifiers', 'metadata')(group) === undefined
    : aText(pattern) === undefined;
}

function isKeyMatcher(value: unknown): boolean {
  if (value instanceof RegExp) return true;
  if (typeof value !== 'object' || value === null) return aText(value) === undefined;
  const { regex, flags, ...others } = value as Record<string, unknown>;
  return (
    aText(regex) === undefined &&
    (flags === undefined || aString(flags) === undefined) &&
    Object.keys(others).length === 0
  );
}

/** Meant as more than a name, as one writes in JSON or for other tools: taken for a name it would silently block nothing. */
function looksLikePattern(value: unknown): boolean {
  return typeof value === 'string' && (value.includes('*') || /^\/.+\/[a-z]*$/.test(value));
}

function hasOneKey(value: unknown, key: string): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.keys(value).length === 1 &&
    Object.hasOwn(value, key)
  );
}

function keyList(value: unknown): string | undefined {
  if (!Array.isArray(value)) return 'an array of strings and regular expressions';
  const pattern: unknown = value.find(looksLikePattern);
  if (pattern !== undefined)
    return `an array of names as they are: ${JSON.stringify(pattern)} would match no key, give a RegExp or { regex } for it`;
  const wrong = value.find((item) => !isKeyMatcher(item));
  if (wrong === undefined && !value.includes(undefined)) return undefined;
  return `an array of strings that are not empty and regular expressions, without ${describe(wrong)}`;
}

function patternList(value: unknown): string | undefined {
  if (!Array.isArray(value)) return 'an array of patterns';
  const wrong = value.find((item) => !isPatternOption(item));
  if (wrong === undefined && !value.includes(undefined)) return undefined;
  return `an array of 'built-in', ${builtInPatterns.map((name) => `'${name}'`).join(', ')}, regular expressions and { name, regex }, without ${describe(wrong)}`;
}

function isPatternOption(value: unknown): boolean {
  if (value instanceof RegExp || value === 'built-in') return true;
  if (typeof value === 'string') return builtInPatterns.some((name) => name === value);
  if (typeof value !== 'object' || value === null) return false;
  const { name, ...matcher } = value as Record<string, unknown>;
  return (
    aText(name) === undefined &&
    (matcher.regex instanceof RegExp ? Object.keys(matcher).length === 1 : isKeyMatcher(matcher))
  );
}

function anArray(value: unknown): string | undefined {
  return Array.isArray(value) ? undefined : 'an array of rules';
}
