import { diag } from '@opentelemetry/api';
import { isError } from './is-error.js';

/** How many causes one reporter tells apart; what comes after them is counted but not told. */
const MAX_CAUSES = 100;

/**
 * Reports run-time problems through `diag`, each cause once: a fault on the path of every span must
 * not fill the log. Of a `detail`, which is what was thrown, nothing is told that may be content.
 */
export class Reporter {
  readonly #component: string;
  readonly #causes = new Set<string>();

  constructor(component: string) {
    this.#component = component;
  }

  warnOnce(cause: string, detail?: unknown): void {
    this.#reportOnce('warn', cause, detail);
  }

  errorOnce(cause: string, detail?: unknown): void {
    this.#reportOnce('error', cause, detail);
  }

  #reportOnce(level: 'warn' | 'error', cause: string, detail: unknown): void {
    if (!this.#isNew(cause)) return;
    try {
      diag[level](`${this.#component}: ${cause}`, ...asArguments(detail));
    } catch {
      // A logger of the application's, or an error's getter, threw: there is nobody left to tell.
    }
  }

  #isNew(cause: string): boolean {
    if (this.#causes.has(cause) || this.#causes.size >= MAX_CAUSES) return false;
    this.#causes.add(cause);
    return true;
  }
}

/** Of an error only its class and where it was thrown are told: its message, or a text thrown in its place, may quote a prompt. */
function asArguments(detail: unknown): unknown[] {
  if (detail === undefined) return [];
  if (!isError(detail)) return [`a value of type ${typeof detail}`];
  const { name, message, stack = '' } = detail;
  const head = message === '' ? name : `${name}: ${message}`;
  return [name + (stack.startsWith(head) ? stack.slice(head.length) : '')];
}
