import { guard } from '../reporter.js';
import { asString, field } from '../unknown-values.js';

/** How many lines of a stack are read: the one that is looked for is one of the first. */
const LINES = 8;

/**
 * Whether a run was aborted because the application left its LangGraph stream. LangGraph then aborts the run as the
 * application would, and only the stack of the reason shows who did. In a bundle the stack does not show it either: there
 * the run counts as aborted.
 *
 * @param reason - the reason of the abort
 */
export function leavesGraph(reason: unknown): boolean {
  const stack = guard('a stack could not be read', () => asString(field(reason, 'stack')));
  return stack?.split('\n', LINES).some(isCancelOfGraphStream) === true;
}

/** Several patterns, because one for the whole line would take time that grows with the square of its length. */
function isCancelOfGraphStream(line: string): boolean {
  return (
    line.includes('cancel (') &&
    /[\\/]langgraph[\\/]/.test(line) &&
    /[\\/]pregel[\\/]stream\.[cm]?[jt]s:/.test(line)
  );
}
