import { timeoutOr } from './classify-error.js';
import { isLeft } from './client/left-helpers.js';
import { field } from './json.js';

/**
 * What the application has aborted a stream with, if it has: streams of the official clients, and of others that are
 * made like them, then end as if they were complete. It does not hold on to the stream.
 *
 * @param given - the signal that the request was given, as far as that is known
 */
export function abortOf(stream: unknown, given?: unknown): () => unknown {
  const signal = field(field(stream, 'controller'), 'signal');
  return () => abortBy(signal, given);
}

function abortBy(signal: unknown, given: unknown): unknown {
  if (field(signal, 'aborted') !== true || isLeft(given)) return undefined;
  return timeoutOr({ name: 'AbortError' }, given);
}
