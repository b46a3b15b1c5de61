import { isAbort, timeoutOr } from '../errors/aborts.js';
import { leavesGraph } from './leaves-graph.js';

/**
 * Runs that are aborted do not report why.
 *
 * @param reason - the reason of the signal, or the cause of the failure of a run below
 * @returns `reason` if it is a timeout, or if the application left its LangGraph stream; otherwise the error
 */
export function causeOfAbort(error: unknown, reason: unknown): unknown {
  return leavesGraph(reason) && isAbort(error) ? reason : timeoutOr(error, { reason });
}
