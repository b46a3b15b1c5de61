import { UNCUT, withCutLength } from '../patterns/cut-length.js';
import { looksLikeJson } from '../redact/json.js';

/** Replaces the name of a span that was content, if content is removed. */
export const NAME_OF_CALL = 'LLM call';

/** Maximum number of remembered names. There are few, or they are not really names. */
const MAX_NAMES = 1_024;
const MAX_REMEMBERED_LENGTH = 128;
/** For an LLM call, a longer name, or one of more words, is a text rather than a name. */
const MAX_LENGTH = 120;
const MAX_WORDS = 8;
/** If a name contains this many characters of the beginning of content, it is no coincidence. */
const QUOTE_LENGTH = 16;
/** In JSON, a text is not at the very beginning, but near it. */
const MAX_JSON_LENGTH = 4_096;

/** Checks the names of spans. */
export class SpanNames {
  readonly #scan: (text: string) => string;
  readonly #scanned = new Map<string, string>();
  /** The name that was checked last, if nothing was found in it. */
  #latest: string | undefined;
  #latestOfCall: string | undefined;

  /** @param scan - replaces what patterns find in a text */
  constructor(scan: (text: string) => string) {
    this.#scan = scan;
  }

  /** Whether the name is harmless, as far as that can be determined without the span's content. */
  isFine(name: string, llm: boolean): boolean {
    if (llm && name === this.#latestOfCall) return true;
    const isFine = this.scanned(name) === name && !(llm && isProse(name));
    if (isFine && llm) this.#latestOfCall = name;
    return isFine;
  }

  /** The name without what patterns find. */
  scanned(name: string): string {
    if (name === this.#latest) return name;
    // No SDK cuts names.
    const scanned = this.#scanned.get(name) ?? withCutLength(UNCUT, this.#scan, name);
    if (scanned === name) this.#latest = name;
    if (name.length <= MAX_REMEMBERED_LENGTH && !this.#scanned.has(name)) {
      if (this.#scanned.size >= MAX_NAMES) this.#scanned.clear();
      this.#scanned.set(name, scanned);
    }
    return scanned;
  }
}

/** Whether the name of an LLM call's span is a text rather than a name. */
export function isProse(name: string): boolean {
  if (name.length > MAX_LENGTH || name.includes('\n')) return true;
  let words = 1;
  for (let at = name.indexOf(' '); at !== -1; at = name.indexOf(' ', at + 1)) words++;
  return words > MAX_WORDS;
}

/** Whether a name quotes content, or its beginning: the rest of long content is not looked at. */
export function quotesContent(name: string, content: unknown): boolean {
  if (typeof content !== 'string' || content.length < 4) return false;
  if (looksLikeJson(content)) return isInJson(name, content);
  // A single short word may be in both by chance, like the name of a tool.
  if (content.length < QUOTE_LENGTH) return content.includes(' ') && name.includes(content);
  return name.length >= QUOTE_LENGTH && name.includes(content.slice(0, QUOTE_LENGTH));
}

/** Whether messages contain the name, or what follows its first word, as in `chat <prompt>`. */
function isInJson(name: string, json: string): boolean {
  const head = json.slice(0, MAX_JSON_LENGTH);
  return [name, name.slice(name.indexOf(' ') + 1)].some(
    // A single word is the name of a model, or of a tool.
    (text) => text.length >= QUOTE_LENGTH && text.includes(' ') && head.includes(text.slice(0, QUOTE_LENGTH)),
  );
}
