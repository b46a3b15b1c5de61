/** How many traces are remembered, and how many texts of each. */
const MAX_TRACES = 256;
const MAX_TEXTS = 16;
/** A shorter text is looked for as the whole of another, not as a part: `Error` is in many. */
const SHORTEST_PART = 8;
const LONGEST_TEXT = 16_384;
/** What an error of a call said that failed and did not tell. */
export const ANY_TEXT = '';

/**
 * Remembers what errors of LLM calls said, by trace, so that the same error is known when it is recorded again on
 * the spans above, which end later. Bounded: the trace that was heard of least recently is forgotten.
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

  /** Whether anything is remembered of the trace. */
  has(traceId: string): boolean {
    return this.#texts.has(traceId);
  }

  /** Whether a text is, or contains, what an error of an LLM call in this trace said. */
  isIn(text: string, traceId: string): boolean {
    for (const quoted of this.#texts.get(traceId) ?? [])
      if (text === quoted || quoted === ANY_TEXT || (quoted.length >= SHORTEST_PART && text.includes(quoted)))
        return true;
    return false;
  }

  forget(traceId: string): void {
    this.#texts.delete(traceId);
  }
}
