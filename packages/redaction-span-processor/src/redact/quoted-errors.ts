/** Maximum number of remembered traces, and of texts per trace. */
const MAX_TRACES = 256;
const MAX_TEXTS = 16;
/** A shorter text is only compared as a whole, not searched for inside others: many contain `Error`. */
const SHORTEST_PART = 8;
const LONGEST_TEXT = 16_384;
/** The error text of a call that failed without recording why. */
export const ANY_TEXT = '';
const NONE: ReadonlySet<string> = new Set();

/**
 * Remembers the error texts of LLM calls by trace, so that the same error is recognised on parent spans, which end later.
 * Bounded: the least recently used trace is forgotten.
 */
export class QuotedErrors {
  readonly #texts = new Map<string, Set<string>>();

  remember(traceId: string, text: string): void {
    if (text.length > LONGEST_TEXT) return;
    let texts = this.#texts.get(traceId);
    if (texts === undefined) {
      const [oldest] = this.#texts.keys();
      if (this.#texts.size >= MAX_TRACES && oldest !== undefined) this.#texts.delete(oldest);
      texts = new Set();
    } else this.#texts.delete(traceId);
    this.#texts.set(traceId, texts);
    if (texts.size < MAX_TEXTS) texts.add(text);
  }

  /** Whether anything is remembered for the trace. */
  has(traceId: string): boolean {
    return this.#texts.has(traceId);
  }

  textsOf(traceId: string): ReadonlySet<string> {
    return this.#texts.get(traceId) ?? NONE;
  }

  /** Whether a text is, or contains, the error text of an LLM call in this trace. */
  isIn(text: string, traceId: string): boolean {
    for (const quoted of this.textsOf(traceId))
      if (text === quoted || quoted === ANY_TEXT || (quoted.length >= SHORTEST_PART && text.includes(quoted)))
        return true;
    return false;
  }

  forget(traceId: string): void {
    this.#texts.delete(traceId);
  }
}
