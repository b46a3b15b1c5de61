import { errorTextKeys } from '../keys/content-rules.js';
import type { RedactionPolicy } from '../policy/policy.js';
import { quotesContent } from '../span/span-names.js';
import { SafeMetadata, safeSourceOf } from './safe-metadata.js';

/** Maximum number of keys in a summary. */
const MAX_SUMMARY_KEYS = 128;

/** Number of a span's values by what happened to them. */
export interface Tally {
  removed: number;
  masked: number;
  /** Removed values that could not be read; included in `removed`. */
  failed: number;
}

/** One redaction of one span: what applies to all of its values, and what is found out on the way. */
export class RedactionRun implements Tally {
  removed: number = 0;
  masked: number = 0;
  failed: number = 0;
  /** Whether the span's name quotes content. */
  isNameContent: boolean = false;
  /** Whether a map contains a name that only spans of LLM calls have. */
  nestsCall: boolean = false;
  /** Whether a value stays whose key still requires a closer look. */
  isStillFlagged: boolean = false;
  /** Metadata in place of removed content, if there is any. */
  safeMetadata: SafeMetadata | undefined = undefined;
  /** The object with the current values, and the one that replaces it. Decisions of functions are stored by these. */
  within: object = this;
  result: object = this;
  /** Keys of changed values, if the policy asks for them. */
  keys: Set<string> | undefined = undefined;
  readonly policy: RedactionPolicy;
  /** Whether the span is that of an LLM call. */
  readonly llm: boolean;
  readonly #name: string | undefined;
  readonly #traceId: string | undefined;

  /** @param traceId - given if errors of LLM calls matter */
  constructor(policy: RedactionPolicy, llm: boolean, name?: string, traceId?: string) {
    this.policy = policy;
    this.llm = llm;
    this.#name = name;
    this.#traceId = traceId;
  }

  /** What was done so far. */
  get tally(): Tally {
    const { removed, masked, failed } = this;
    return { removed, masked, failed };
  }

  /** Whether something was changed. */
  get hasChanges(): boolean {
    return this.removed + this.masked > 0;
  }

  /** From here on, values are in `within`, and their results go to `result`. */
  moveTo(within: object, result: object): void {
    this.within = within;
    this.result = result;
  }

  /** Counts what happened to a value. @returns `result` */
  note<Result>(result: Result, value: unknown, key: string): Result {
    // NaN, too, is unchanged.
    if (Object.is(result, value)) return result;
    if (result === undefined) this.removed += 1;
    else this.masked += 1;
    this.#noteKey(key);
    if (this.llm) {
      const source = safeSourceOf(key);
      if (source !== undefined) {
        this.safeMetadata ??= new SafeMetadata();
        this.safeMetadata.add(source, key, value);
      }
      if (this.#name !== undefined) this.isNameContent ||= quotesContent(this.#name, value);
      if (this.#traceId !== undefined && typeof value === 'string' && errorTextKeys.has(key))
        this.policy.errors.remember(this.#traceId, value);
    }
    return result;
  }

  /** Counts a value from which a part was removed. */
  notePart(key: string): void {
    this.removed += 1;
    this.#noteKey(key);
  }

  /** Counts a value that could not be read. */
  noteFailure(key: string): void {
    this.failed += 1;
    this.notePart(key);
  }

  /** Whether a text quotes an error of an LLM call of the same trace. */
  quotesError(value: unknown): boolean {
    return (
      typeof value === 'string' &&
      this.#traceId !== undefined &&
      this.policy.errors.isIn(value, this.#traceId)
    );
  }

  #noteKey(key: string): void {
    if (this.policy.summary !== 'keys') return;
    this.keys ??= new Set();
    if (this.keys.size < MAX_SUMMARY_KEYS) this.keys.add(this.policy.scan(key));
  }
}
