import {
  ATTR_LLM_REDACTION_KEYS,
  ATTR_LLM_REDACTION_MASKED_COUNT,
  ATTR_LLM_REDACTION_REMOVED_COUNT,
} from '@llm-otel/semantic-conventions';
import { safeMetadataKeys } from '../redact/safe-metadata.js';
import type { KeyGroup } from '../redaction-rule.js';
import { foldKey, foldKeyTable } from './folded-keys.js';
import {
  ACTION,
  ACTION_SHIFT,
  ALLOWED,
  CONTENT,
  KEPT,
  KNOWN,
  LLM,
  MAY_TELL_FAILURE,
  METADATA_JSON,
  PLAIN,
  QUOTING,
  REMOVED,
  RULED,
  SETTINGS_JSON,
  UNLISTED,
} from './key-flags.js';
import { freeTextKeys, serviceKeys } from './key-groups.js';
import { compileKeyTable, holdsMetadata, isIdentifier, isMetadata, type KeyTable } from './key-table.js';

const MAX_KEYS = 4_096;
const MAX_KEY_LENGTH = 256;
/** A longer key is not matched with patterns: it is blocked if there are any, and never allowed. */
const MAX_MATCHED_LENGTH = 1_024;
/** Listed as `*`. */
const INDEX = /\.\d+(?=\.|$)/g;
/** Maximum number of dot-separated parts of a content key. */
const MAX_NAMES = 8;

const NOT_SAFE = LLM | CONTENT | SETTINGS_JSON | METADATA_JSON | QUOTING | REMOVED;

/** Keys of the summary that redaction writes. No rule applies to them, because a second look sees them again. */
const summaryKeys: ReadonlySet<string> = new Set([
  ATTR_LLM_REDACTION_KEYS,
  ATTR_LLM_REDACTION_MASKED_COUNT,
  ATTR_LLM_REDACTION_REMOVED_COUNT,
]);

/** Keys that stay even with `mode: 'allow'`: the safe metadata, and what identifies the service. */
const staysUnlisted: ReadonlySet<string> = new Set([...safeMetadataKeys, ...serviceKeys]);

/** Names and patterns of keys. */
export interface KeyMatch {
  readonly names: ReadonlySet<string>;
  readonly patterns: readonly RegExp[];
}

/** An action, and the keys to which it applies. For content, the policy decides what happens. */
export interface KeyRule {
  readonly matches: KeyMatch | KeyGroup;
  /** Number of the action; `undefined` keeps the value. */
  readonly action: number | undefined;
  /** Whether the action may leave a value, or a part of it, unredacted. */
  readonly maySpare: boolean;
}

/** The settings from which the key rules are built. */
export interface KeyRulesSource {
  readonly keepsContent: boolean;
  readonly mode: 'block' | 'allow';
  readonly allowKeys: KeyMatch;
  readonly blockKeys: KeyMatch;
  /** The user's rules, in order. */
  readonly rules: readonly KeyRule[];
  /** The preset's rules; `allowKeys` and `blockKeys` take precedence over them. */
  readonly presetRules: readonly KeyRule[];
  /** Replaces what patterns find in a text. */
  readonly scan: (text: string) => string;
}

/** Decides what happens to the value of a key. Remembers its decisions, up to a bound. */
export class KeyRules {
  readonly #table: KeyTable = compileKeyTable();
  readonly #foldedTable: KeyTable = foldKeyTable(this.#table);
  readonly #source: KeyRulesSource;
  readonly #memo = new Map<string, number>();

  /** The keys of the safe metadata that no rule or list matches: a second look would change the others. */
  readonly safeMetadataKeys: ReadonlySet<string>;

  constructor(source: KeyRulesSource) {
    this.#source = source;
    this.safeMetadataKeys = new Set(safeMetadataKeys.filter((key) => (this.#classify(key) & ACTION) === 0));
  }

  /** Number of remembered keys. */
  get size(): number {
    return this.#memo.size;
  }

  /** The key's flags, see `key-flags.ts`. */
  flagsOf(key: string): number {
    return this.#memo.get(key) ?? this.#remember(key);
  }

  #remember(key: string): number {
    const flags = this.#classify(key);
    if (key.length <= MAX_KEY_LENGTH) {
      if (this.#memo.size >= MAX_KEYS) this.#memo.clear();
      this.#memo.set(key, flags);
    }
    return flags;
  }

  /**
   * The user's rules first; then keys listed by name before keys listed by regular expression, blocked before allowed; the
   * table last.
   */
  #classify(key: string): number {
    const { keepsContent, mode, allowKeys, blockKeys, rules, presetRules, scan } = this.#source;
    const inTable = this.#lookUp(key);
    const marks = inTable & (LLM | KNOWN | MAY_TELL_FAILURE);
    if (inTable & REMOVED || summaryKeys.has(key)) return inTable;
    const rule = findRule(rules, key, inTable);
    const isContent = rule?.matches === 'content';
    if (rule !== undefined && !isContent)
      return marks | flagsOfRule(rule) | quotingBefore(rule, rules, inTable);
    if (!isContent && allowKeys.names.has(key)) return marks | ALLOWED;
    if ((inTable & (KNOWN | PLAIN)) === 0 && isFoundIn(key, scan)) return marks | REMOVED;
    if (isContent) return keepsContent ? marks | KEPT : inTable;
    if (blockKeys.names.has(key) || isMatched(blockKeys, key, true))
      return marks | (keepsContent ? REMOVED : CONTENT);
    const presetRule = findRule(presetRules, key, inTable);
    if (presetRule !== undefined) return marks | flagsOfRule(presetRule);
    const flags = keepsContent ? inTable & (LLM | KNOWN | PLAIN | MAY_TELL_FAILURE) : inTable;
    const allowed = isMatched(allowKeys, key, false);
    if (mode === 'block') return allowed ? marks | ALLOWED : flags;
    // With `mode: 'allow'`, a regular expression says which keys may stay, not that content may: `/^llm\./` is meant for the model.
    return allowed || staysUnlisted.has(key) ? flags : flags | UNLISTED;
  }

  #lookUp(key: string): number {
    const flags = find(this.#table, key);
    if (flags !== 0) return freeTextKeys.test(key) ? flags & ~PLAIN : flags;
    // A content key in another spelling is content. No key is considered safe because of another spelling.
    const folded = foldKey(key);
    return find(this.#foldedTable, folded) & NOT_SAFE || findAbove(this.#foldedTable, folded);
  }
}

/** Whether a pattern finds something in the key itself: `users.bob@example.com`. Keys are never cut, so their ends are whole. */
function isFoundIn(key: string, scan: (text: string) => string): boolean {
  const text = `${key}\n`;
  return scan(text) !== text;
}

/** Whether the key is below a content key: some write `messages` as `messages.0.content`. */
function findAbove({ exact }: KeyTable, key: string): number {
  let at = key.indexOf('.');
  for (let names = 1; at !== -1 && names < MAX_NAMES; names++, at = key.indexOf('.', at + 1)) {
    const name = key.slice(0, at);
    const above = exact.get(name) ?? 0;
    if (above & (CONTENT | SETTINGS_JSON) && !holdsMetadata(name)) return (above & LLM) | CONTENT;
  }
  return 0;
}

function find({ exact, prefixes }: KeyTable, key: string): number {
  const ofKey = exact.get(key) ?? exact.get(key.replace(INDEX, '.*'));
  if (ofKey !== undefined) return ofKey;
  let flags = 0;
  for (const [prefix, ofPrefix] of prefixes) if (key.startsWith(prefix)) flags |= ofPrefix;
  return flags;
}

function findRule(rules: readonly KeyRule[], key: string, inTable: number): KeyRule | undefined {
  return rules.find(({ matches }) => {
    if (typeof matches !== 'string') return matches.names.has(key) || isMatched(matches, key, false);
    // Content belongs to no other group, and what a dialect reads is not the developer's metadata.
    if (inTable & (CONTENT | SETTINGS_JSON)) return matches === 'content';
    if (matches === 'content') return false;
    return matches === 'identifiers'
      ? isIdentifier(foldKey(key))
      : (inTable & KNOWN) === 0 && isMetadata(foldKey(key));
  });
}

/** On a call's span, what quotes content is itself content if the rule for content precedes one that may spare it. */
function quotingBefore(rule: KeyRule, rules: readonly KeyRule[], inTable: number): number {
  const ofContent = rules.find(({ matches }) => matches === 'content');
  const isBefore = ofContent !== undefined && rules.indexOf(ofContent) < rules.indexOf(rule);
  return isBefore && ofContent.action !== undefined && rule.maySpare ? inTable & QUOTING : 0;
}

function flagsOfRule({ action }: KeyRule): number {
  return action === undefined ? KEPT : RULED | (action << ACTION_SHIFT);
}

function isMatched({ patterns }: KeyMatch, key: string, tooLong: boolean): boolean {
  if (key.length > MAX_MATCHED_LENGTH) return tooLong && patterns.length > 0;
  return patterns.some((pattern) => pattern.test(key));
}
