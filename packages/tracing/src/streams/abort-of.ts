import { timeoutOr } from '../errors/classify-error.js';
import { field } from '../unknown-values.js';
import { isLeft } from './left-streams.js';

/**
 * Returns a function that returns the error with which the application has aborted a stream, if it has. Aborted streams of the
 * official clients, and of clients made like them, end as if they were complete. The function does not keep the stream
 * alive.
 *
 * @param given - the signal that was passed to the request, if it is known
 */
export function abortOf(stream: unknown, given?: unknown): () => unknown {
  const signal = field(field(stream, 'controller'), 'signal');
  return () => abortBy(signal, given);
}

function abortBy(signal: unknown, given: unknown): unknown {
  if (field(signal, 'aborted') !== true || isLeft(given)) return undefined;
  return timeoutOr({ name: 'AbortError' }, given);
}
