import { type Check, checkOptions, describe, oneOf } from '@llm-otel/common';
import { contentCarriers, dialects } from '@llm-otel/semantic-conventions';
import { AttributeFlags } from './attribute-flags.js';
import { type Replace, replaceContent } from './content-action.js';
import { KeyRules } from './key-rules.js';

/** What is redacted, and how. */
export interface RedactionOptions {
  /**
   * What becomes of content: it is removed, replaced by `[REDACTED]`, replaced by its HMAC-SHA-256
   * (`hmac-sha256:` and hexadecimal digits: equal texts stay equal), or kept.
   * @defaultValue `'remove'`
   */
  readonly content?: 'remove' | 'mask' | 'hash' | 'keep' | undefined;
  /** Secret of the hash; required by `content: 'hash'`. */
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
  readonly allowKeys?: readonly (string | RegExp)[] | undefined;
  /**
   * Keys that are treated as content too; with `content: 'keep'` they are removed. A pattern in
   * `blockKeys` goes before one in `allowKeys`, a name in `allowKeys` before both.
   * @defaultValue none
   */
  readonly blockKeys?: readonly (string | RegExp)[] | undefined;
  /**
   * `'counts'` writes `llm.redaction.removed_count` and `llm.redaction.masked_count` on spans that were changed.
   * @defaultValue `'none'`
   */
  readonly summary?: 'none' | 'counts' | undefined;
}

/** Names and patterns of keys. */
export interface KeyMatch {
  readonly names: ReadonlySet<string>;
  readonly patterns: readonly RegExp[];
}

/** What the key rules are made from. */
export interface RedactionPolicySource {
  readonly content: 'remove' | 'mask' | 'hash' | 'keep';
  readonly mode: 'block' | 'allow';
  readonly allowKeys: KeyMatch;
  readonly blockKeys: KeyMatch;
}

/** Options as the path of a span sees them. */
export interface RedactionPolicy {
  readonly keys: KeyRules;
  readonly flags: AttributeFlags;
  readonly replace: Replace;
  /** Names of span events that carry content. */
  readonly contentEvents: ReadonlySet<string>;
  readonly summary: 'none' | 'counts';
}

const checks: { readonly [Name in keyof Required<RedactionOptions>]: Check } = {
  content: oneOf('remove', 'mask', 'hash', 'keep'),
  hmacKey: (value) => (typeof value === 'string' && value !== '' ? undefined : 'a string that is not empty'),
  mode: oneOf('block', 'allow'),
  allowKeys: keyList,
  blockKeys: keyList,
  summary: oneOf('none', 'counts'),
};

/**
 * @param owner - the class or function whose options they are
 * @throws TypeError for an option that is unknown, of the wrong type, missing or in conflict with another
 */
export function resolvePolicy(owner: string, options: RedactionOptions = {}): RedactionPolicy {
  checkOptions<RedactionOptions>(owner, options, checks);
  const { content = 'remove', hmacKey, mode = 'block', allowKeys = [], blockKeys = [] } = options;
  if (content === 'hash' && hmacKey === undefined)
    throw new TypeError(`${owner}: option "content" is 'hash', which needs the option "hmacKey".`);
  const conflict = allowKeys.find((allowed) =>
    blockKeys.some((blocked) => String(blocked) === String(allowed)),
  );
  if (conflict !== undefined)
    throw new TypeError(`${owner}: options "allowKeys" and "blockKeys" both list ${String(conflict)}.`);
  const keys = new KeyRules({
    content,
    mode,
    allowKeys: keyMatch(allowKeys),
    blockKeys: keyMatch(blockKeys),
  });
  return {
    keys,
    flags: new AttributeFlags(keys),
    replace: replaceContent(content, hmacKey),
    contentEvents: new Set(content === 'keep' ? [] : namesOfContentEvents()),
    summary: options.summary ?? 'none',
  };
}

/** @throws TypeError if `value` lacks the method that tells what it is */
export function requireMethod(owner: string, expected: string, value: object, method: string): void {
  if (typeof value !== 'object' || value === null || typeof Reflect.get(value, method) !== 'function')
    throw new TypeError(`${owner}: expected ${expected}, got ${describe(value)}.`);
}

function namesOfContentEvents(): string[] {
  return [...dialects, ...contentCarriers].flatMap(({ content }) => content.events);
}

function keyMatch(list: readonly (string | RegExp)[]): KeyMatch {
  return {
    names: new Set(list.filter((item) => typeof item === 'string')),
    patterns: list
      .filter((item) => item instanceof RegExp)
      // With `g` or `y` a pattern remembers where it stopped, and answers differently the next time.
      .map(({ source, flags }) => new RegExp(source, flags.replace(/[gy]/g, ''))),
  };
}

function keyList(value: unknown): string | undefined {
  if (!Array.isArray(value)) return 'an array of strings and regular expressions';
  const wrong = value.find((item) => !(typeof item === 'string' && item !== '') && !(item instanceof RegExp));
  if (wrong === undefined && !value.includes(undefined)) return undefined;
  return `an array of strings that are not empty and regular expressions, without ${describe(wrong)}`;
}
