import { asString, field } from './json.js';

/** A line of a stack: `cancel` of the stream that LangGraph gives to the application. */
const CANCEL_OF_GRAPH_STREAM =
  /^\s+at .*\bcancel \(.*[\\/]langgraph[\\/].*[\\/]pregel[\\/]stream\.[cm]?[jt]s:/m;

/**
 * Whether a run was aborted because the application left its LangGraph stream. LangGraph then aborts the run as the
 * application would, and only the stack of the reason shows who did. In a bundle the stack does not show it either: there
 * the run counts as aborted.
 *
 * @param reason - the reason of the abort
 */
export function leavesGraph(reason: unknown): boolean {
  const stack = asString(field(reason, 'stack'));
  return stack !== undefined && CANCEL_OF_GRAPH_STREAM.test(stack);
}
