import { LLM_ERROR_TYPE_VALUE_ABORTED, LLM_ERROR_TYPE_VALUE_TIMEOUT } from '@llm-otel/semantic-conventions';
import { leavesGraph } from '../langchain/leaves-graph.js';
import { guard } from '../reporter.js';
import { field } from '../unknown-values.js';
import { classifyError } from './classify-error.js';

export function isAbort(error: unknown): boolean {
  const classify = () => classifyError(error);
  return guard('an abort could not be read', classify)?.type === LLM_ERROR_TYPE_VALUE_ABORTED;
}

/**
 * Clients report that they were aborted, but not why.
 *
 * @param signal - the signal that was passed to the request
 * @returns the signal's reason if that is a timeout, such as that of `AbortSignal.timeout()`; otherwise the error
 */
export function timeoutOr(error: unknown, signal: unknown): unknown {
  const timeout = guard('an abort could not be read', () => {
    const reason = field(signal, 'reason');
    return reason !== undefined &&
      isAbort(error) &&
      classifyError(reason).type === LLM_ERROR_TYPE_VALUE_TIMEOUT
      ? reason
      : undefined;
  });
  return timeout ?? error;
}

/** Signals of requests that were aborted only because the application left their stream. */
const left = new WeakSet<object>();

/** Notes that the application leaves the stream of a request, unless it has aborted it before. */
export function noteLeft(signal: AbortSignal | undefined): void {
  if (signal?.aborted === false) left.add(signal);
}

/** @param signal - the signal of a request */
function isLeft(signal: unknown): boolean {
  return left.has(Object(signal)) || leavesGraph(field(signal, 'reason'));
}

/** Whether a request has failed only because the application left its stream. */
export function failedByLeaving(error: unknown, signal: unknown): boolean {
  return isLeft(signal) && isAbort(error);
}

/**
 * Returns a function that returns the error with which the application has aborted a stream, if it has. Aborted streams
 * of the official clients, and of clients made like them, end as if they were complete. The function does not keep the
 * stream alive.
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
