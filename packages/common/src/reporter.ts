import { diag } from '@opentelemetry/api';
import { describe } from './check-options.js';
import { isError } from './is-error.js';

/** How many causes one reporter distinguishes; further ones are not reported. */
const MAX_CAUSES = 100;

/**
 * Reports run-time problems to `diag`, each cause once: a fault on the path of every span must not fill the log. Of what
 * was thrown, nothing is reported that may be content.
 */
export class Reporter {
  readonly #component: string;
  readonly #causes = new Set<string>();

  /** @param component - what the messages begin with */
  constructor(component: string) {
    this.#component = component;
  }

  /** @param thrown - what was caught, if anything; its message is not reported */
  warnOnce(cause: string, thrown?: unknown): void {
    this.#reportOnce('warn', cause, thrown);
  }

  /** @param thrown - what was caught, if anything; its message is not reported */
  errorOnce(cause: string, thrown?: unknown): void {
    this.#reportOnce('error', cause, thrown);
  }

  #reportOnce(level: 'warn' | 'error', cause: string, thrown: unknown): void {
    if (!this.#isNew(cause)) return;
    try {
      diag[level](`${this.#component}: ${cause}`, ...asArguments(thrown));
    } catch {
      // The application's logger, or a getter of the error, threw: there is nowhere left to report it.
    }
  }

  #isNew(cause: string): boolean {
    if (this.#causes.has(cause) || this.#causes.size >= MAX_CAUSES) return false;
    this.#causes.add(cause);
    return true;
  }
}

/**
 * Of an error, only its class and where it was thrown: its message may quote what the application sent. Of any other
 * value, only its type.
 */
function asArguments(thrown: unknown): unknown[] {
  if (thrown === undefined) return [];
  if (!isError(thrown))
    return [typeof thrown === 'object' ? describe(thrown) : `a value of type ${typeof thrown}`];
  const { name, message, stack } = thrown;
  // `Error.prepareStackTrace` of the application may make anything of it.
  if (typeof stack !== 'string') return [name];
  const head = message === '' ? name : `${name}: ${message}`;
  return [name + (stack.startsWith(head) ? stack.slice(head.length) : '')];
}
