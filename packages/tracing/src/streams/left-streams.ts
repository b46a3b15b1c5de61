import { isAbort } from '../errors/classify-error.js';
import { leavesGraph } from '../langchain/leaves-graph.js';
import { field } from '../unknown-values.js';

/** Signals of requests that were aborted only because the application left their stream. */
const left = new WeakSet<object>();

/** Notes that the application leaves the stream of a request, unless it has aborted it before. */
export function noteLeft(signal: AbortSignal | undefined): void {
  if (signal?.aborted === false) left.add(signal);
}

/** @param signal - the signal of a request */
export function isLeft(signal: unknown): boolean {
  return left.has(Object(signal)) || leavesGraph(field(signal, 'reason'));
}

/** Whether a request has failed only because the application left its stream. */
export function failedByLeaving(error: unknown, signal: unknown): boolean {
  return isLeft(signal) && isAbort(error);
}
