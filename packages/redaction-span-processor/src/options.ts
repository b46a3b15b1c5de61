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

/** Your own pattern. */
export interface CustomPattern {
  /** Name of the pattern, for rules and error messages. */
  readonly name: string;
  /** A regular expression, or its source as a string. It must take no more than linear time. */
  readonly regex: RegExp | string;
  /** Flags of a `regex` that is a string. @defaultValue none */
  readonly flags?: string | undefined;
}

/** A pattern that is masked in the remaining text; `'built-in'` stands for all built-in patterns. */
export type PatternOption = BuiltInPattern | 'built-in' | RegExp | CustomPattern;

/** Options of redaction: what is redacted, and how. */
export interface RedactionOptions {
  /**
   * `'strict'` goes beyond content: identifiers of people and sessions are hashed (without `hmacKey`, removed), and
   * metadata added by the application's developer is removed.
   * @defaultValue `'default'`
   */
  readonly preset?: 'default' | 'strict' | undefined;
  /**
   * What happens to content: it is removed, replaced with the marker, replaced with its HMAC-SHA-256
   * (`hmac-sha256:` and hexadecimal digits; equal texts stay equal), or kept.
   * @defaultValue `'remove'`
   */
  readonly content?: 'remove' | 'mask' | 'hash' | 'keep' | undefined;
  /** Replaces masked text. @defaultValue `'[REDACTED]'` */
  readonly marker?: string | undefined;
  /** Secret key of the hashes; required if anything is to be hashed. @defaultValue none */
  readonly hmacKey?: string | undefined;
  /**
   * `'block'` removes what is content. `'allow'` keeps only what `allowKeys` lists.
   * @defaultValue `'block'`
   */
  readonly mode?: 'block' | 'allow' | undefined;
  /**
   * Keys to keep, of attributes of spans, events, links and log records; `status.message` stands for the status message,
   * and `body` for the body of a log record.
   * With `mode: 'allow'`, a regular expression does not release content; a name does.
   * @defaultValue none
   */
  readonly allowKeys?: readonly KeyMatcher[] | undefined;
  /**
   * Further keys to treat as content; with `content: 'keep'` they are removed. A regular expression in `blockKeys` takes
   * precedence over one in `allowKeys`, and a name in `allowKeys` over both.
   * @defaultValue none
   */
  readonly blockKeys?: readonly KeyMatcher[] | undefined;
  /**
   * Rules that take precedence over all of the above. Of the rules that match, the first applies.
   * @defaultValue none
   */
  readonly rules?: readonly RedactionRule[] | undefined;
  /**
   * Patterns that are masked in the remaining text: error messages, the application's own attributes, URLs, names. The
   * list is complete: `['built-in', /x/]` adds a pattern to the built-in ones, and `[]` uses none.
   * @defaultValue `['built-in']`
   */
  readonly patterns?: readonly PatternOption[] | undefined;
  /**
   * `'counts'` writes `llm.redaction.removed_count` and `llm.redaction.masked_count` to spans that were changed; `'keys'`
   * also writes `llm.redaction.keys`.
   * @defaultValue `'none'`
   */
  readonly summary?: 'none' | 'counts' | 'keys' | undefined;
  /**
   * Where metrics go: the counters `llm.redaction.values` (by `action`: `removed`, `masked`, `failed`),
   * `llm.redaction.spans` (by `outcome`: `redacted`, `unchangeable`) and `llm.redaction.log_records` (by `outcome`:
   * `redacted`).
   * @defaultValue no metrics
   */
  readonly meterProvider?: MeterProvider | undefined;
}

const aText: Check = (value) =>
  typeof value === 'string' && value !== '' ? undefined : 'a non-empty string';

/** The check of each option. */
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

/** The check of each part of a rule. */
export const ruleChecks: { readonly [Name in keyof Required<RedactionRule>]: Check } = {
  name: aText,
  match: (value) => {
    if (looksLikePattern(value)) return 'a literal key, a RegExp or { regex }';
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

/** A string that is meant as a pattern, as in JSON or other tools: as a literal key, it would silently match nothing. */
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
    return `an array of literal keys and regular expressions: ${JSON.stringify(pattern)} would match no key, use a RegExp or { regex }`;
  const wrong = value.find((item) => !isKeyMatcher(item));
  if (wrong === undefined && !value.includes(undefined)) return undefined;
  return `an array of non-empty strings and regular expressions, without ${describe(wrong)}`;
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
