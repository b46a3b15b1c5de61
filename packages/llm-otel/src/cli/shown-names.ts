import { redactingSpanExporter } from '@llm-otel/redaction-span-processor';
import { readableSpan } from './otlp-json-spans.js';

/** What ordinary names of attributes and events look like. Others may reveal what a user said, or who the user is. */
const PLAIN_NAME = /^[a-z_][\w:[\]-]{0,31}(?:[./][\w:[\]-]{1,32}){0,15}$/i;

/** Maximum number of remembered names. */
const MAX_NAMES = 10_000;

/** Names of attributes and events as a report may show them. */
export class ShownNames {
  readonly #shown = new Map<string, string>();
  #scanned: string | undefined;
  readonly #scanner = redactingSpanExporter({
    export: ([view]) => {
      this.#scanned = view?.name;
    },
    shutdown: async () => undefined,
  });

  /** The name itself, or a placeholder for one that may reveal something. */
  of(name: string): string {
    let shown = this.#shown.get(name);
    if (shown === undefined) {
      if (this.#shown.size >= MAX_NAMES) this.#shown.clear();
      shown = PLAIN_NAME.test(name) && this.#isHarmless(name) ? name : '(not a plain name)';
      this.#shown.set(name, shown);
    }
    return shown;
  }

  /** Whether no built-in pattern finds anything in it, whatever the policy: not in `users.4111111111111111`. */
  #isHarmless(name: string): boolean {
    this.#scanner.export([readableSpan({ name })], () => undefined);
    return this.#scanned === name;
  }
}
