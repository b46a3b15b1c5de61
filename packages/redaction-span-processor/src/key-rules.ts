import {
  ATTR_LLM_REDACTION_MASKED_COUNT,
  ATTR_LLM_REDACTION_REMOVED_COUNT,
} from '@llm-otel/semantic-conventions';
import { ALLOWED, CONTENT, KNOWN, LLM, REMOVED, UNLISTED } from './key-flags.js';
import { compileKeyTable, type KeyTable } from './key-table.js';
import type { KeyMatch, RedactionPolicySource } from './options.js';

const MAX_KEYS = 4_096;
const MAX_KEY_LENGTH = 256;
/** Listed as `*`. */
const INDEX = /\.\d+(?=\.|$)/g;

/** Keys by which redaction itself tells what it did. */
const ownKeys: ReadonlySet<string> = new Set([
  ATTR_LLM_REDACTION_MASKED_COUNT,
  ATTR_LLM_REDACTION_REMOVED_COUNT,
]);

/** Tells, for a key, what is to be done with its value. Remembers what it told, up to a bound. */
export class KeyRules {
  readonly #table: KeyTable = compileKeyTable();
  readonly #source: RedactionPolicySource;
  readonly #memo = new Map<string, number>();

  constructor(source: RedactionPolicySource) {
    this.#source = source;
  }

  /** How many keys are remembered. */
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

  /** A key listed by name before a key listed by pattern, what is blocked before what is allowed, the table last. */
  #classify(key: string): number {
    const { content, mode, allowKeys, blockKeys } = this.#source;
    const inTable = this.#lookUp(key);
    const marks = inTable & (LLM | KNOWN);
    if (inTable & REMOVED) return inTable;
    if (allowKeys.names.has(key)) return marks | ALLOWED;
    if (blockKeys.names.has(key) || matches(blockKeys, key))
      return marks | (content === 'keep' ? REMOVED : CONTENT);
    const flags = content === 'keep' ? marks : inTable;
    const allowed = matches(allowKeys, key);
    if (mode === 'block') return allowed ? marks | ALLOWED : flags;
    // Here a pattern says which keys may stay, not that content may: `/^llm\./` is meant for the model.
    return allowed || ownKeys.has(key) ? flags : flags | UNLISTED;
  }

  #lookUp(key: string): number {
    const exact = this.#table.exact.get(key) ?? this.#table.exact.get(key.replace(INDEX, '.*'));
    if (exact !== undefined) return exact;
    let flags = 0;
    for (const [prefix, ofPrefix] of this.#table.prefixes) if (key.startsWith(prefix)) flags |= ofPrefix;
    return flags;
  }
}

function matches({ patterns }: KeyMatch, key: string): boolean {
  return patterns.some((pattern) => pattern.test(key));
}
