import { type KeyRun, KeyRuns } from '@llm-otel/semantic-conventions';
import { ACTION, FOUND, LLM, NESTED, QUOTING, UNSCANNED } from './key-flags.js';
import type { KeyRules } from './key-rules.js';

/** A longer text is not remembered: nothing that it holds is to live longer than its span. */
const MAX_REMEMBERED_LENGTH = 256;
/** Text under a key with any of these is not scanned here: it goes, is left alone, or needs a closer look. */
const NOT_SCANNED = UNSCANNED | ACTION | QUOTING;

/** What is known of a run of keys. */
interface KnownKeys {
  /** The flags of each key. */
  readonly flags: readonly number[];
  /** The text that was seen last under each key and stays as it is: a span is looked at more than once. */
  readonly cleanTexts: string[];
  /** The flags of all of them and of all keys before, united. */
  readonly united: number;
  /** From this key on it is the span of an LLM call, and carries content, whatever comes after; or -1. */
  readonly decidedAt: number;
  /** The united flags up to that key. */
  readonly decided: number;
}

const NONE: KnownKeys = { flags: [], cleanTexts: [], united: 0, decidedAt: -1, decided: 0 };

function know(flags: readonly number[], previous: number): KnownKeys {
  let united = previous;
  let decidedAt = -1;
  let decided = 0;
  for (const [at, ofKey] of flags.entries()) {
    united |= ofKey;
    if (decidedAt < 0 && (united & LLM) !== 0 && (united & ACTION) !== 0) {
      decidedAt = at;
      decided = united;
    }
  }
  return { flags, cleanTexts: flags.map(() => ''), united, decidedAt, decided };
}

/**
 * The first look at a span's attributes: the united flags of its keys, see `key-flags.ts`, with what its values add.
 * It follows the keys of earlier spans, and takes the values in the same pass.
 */
export class AttributeScan {
  readonly #keys: KeyRules;
  readonly #scan: ((text: string) => string) | undefined;
  readonly #runs: KeyRuns<KnownKeys>;

  /** @param scan - replaces what patterns find in a text */
  constructor(keys: KeyRules, scan?: (text: string) => string) {
    this.#keys = keys;
    this.#scan = scan;
    this.#runs = new KeyRuns<KnownKeys>(NONE, (names, { united }) =>
      know(
        names.map((name) => keys.flagsOf(name)),
        united,
      ),
    );
  }

  /**
   * May throw, if reading a value does. Of a call that is found to carry content, the rest of the flags is not told:
   * all of it will be looked into.
   */
  of(attributes: Readonly<Record<string, unknown>>): number {
    let run = this.#runs.root;
    let { keys, known } = run;
    let at = 0;
    let ofValues = 0;
    for (const key in attributes) {
      if (at === keys.length) {
        const next = run.after(key);
        if (next === undefined) return this.#ofUnknown(attributes);
        run = next;
        ({ keys, known } = run);
        at = 0;
      } else if (keys[at] !== key) return this.#ofUnknown(attributes);
      if (at === known.decidedAt) return known.decided;
      const value = attributes[key];
      if (typeof value === 'string') {
        if (value !== known.cleanTexts[at] && (flagsAt(known, at) & NOT_SCANNED) === 0) {
          if (this.#finds(value)) ofValues |= FOUND;
          else rememberClean(known, at, value);
        }
      } else if (isObject(value)) ofValues |= this.#ofObject(value, flagsAt(known, at));
      at += 1;
    }
    return at === keys.length ? known.united | ofValues : this.#ofUnknown(attributes);
  }

  /** The same for a span with keys that are new. */
  #ofUnknown(attributes: Readonly<Record<string, unknown>>): number {
    let united = 0;
    for (const key in attributes) {
      const flags = this.#keys.flagsOf(key);
      united |= flags;
      const value = attributes[key];
      if (typeof value === 'string') {
        if ((flags & NOT_SCANNED) === 0 && this.#finds(value)) united |= FOUND;
      } else if (isObject(value)) united |= this.#ofObject(value, flags);
    }
    this.learn(attributes);
    return united;
  }

  /** Remembers the keys of a span that left the paths of earlier ones. */
  learn(attributes: object): void {
    const keys: string[] = [];
    for (const key in attributes) keys.push(key);
    this.#runs.learn(keys);
  }

  /** Before the first key of a span. */
  start(): KeyCursor {
    return new KeyCursor(this.#runs.root);
  }

  #ofObject(value: object, flags: number): number {
    if (!Array.isArray(value)) return NESTED;
    let found = 0;
    for (const item of value) {
      if (isObject(item)) return NESTED;
      if (typeof item === 'string' && (flags & NOT_SCANNED) === 0 && this.#finds(item)) found = FOUND;
    }
    return found;
  }

  #finds(text: string): boolean {
    return this.#scan !== undefined && this.#scan(text) !== text;
  }
}

/** Goes along the keys of a span, and tells what is known of each. */
export class KeyCursor {
  #run: KeyRun<KnownKeys> | undefined;
  #at = -1;

  constructor(root: KeyRun<KnownKeys>) {
    this.#run = root;
  }

  /** Whether the span left the paths of earlier ones: of the keys from there on, nothing is known. */
  get isLost(): boolean {
    return this.#run === undefined;
  }

  /** The flags of the key; `undefined` where they are not known. */
  get flags(): number | undefined {
    return this.#run?.known.flags[this.#at];
  }

  next(key: string): void {
    const run = this.#run;
    if (run === undefined) return;
    this.#at += 1;
    if (this.#at === run.keys.length) {
      this.#run = run.after(key);
      this.#at = 0;
    } else if (run.keys[this.#at] !== key) this.#run = undefined;
  }

  /** Whether a text is the one that was seen last under the key, and stays as it is. */
  isClean(text: string): boolean {
    return this.#run !== undefined && this.#run.known.cleanTexts[this.#at] === text;
  }

  rememberClean(text: string): void {
    if (this.#run !== undefined) rememberClean(this.#run.known, this.#at, text);
  }
}

function flagsAt({ flags }: KnownKeys, at: number): number {
  return flags[at] ?? 0;
}

function rememberClean({ cleanTexts }: KnownKeys, at: number, text: string): void {
  if (text.length <= MAX_REMEMBERED_LENGTH) cleanTexts[at] = text;
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}
