import { ATTR_GEN_AI_AGENT_NAME, ATTR_GEN_AI_WORKFLOW_NAME } from '@llm-otel/semantic-conventions';
import { asArray, asString, field } from '../json.js';
import type { RunKind } from './run-span.js';

/** The name that the application gave the run, or that of its class. */
export function runNameOf(serialized: unknown, runName: unknown): string {
  return (
    asString(runName) ??
    asString(field(serialized, 'name')) ??
    asString(asArray(field(serialized, 'id')).at(-1)) ??
    'unknown'
  );
}

/**
 * What a chain is: an agent (`createAgent` of `langchain`, or the older `AgentExecutor`), a workflow when it is the
 * root, or else a step, which the conventions have no name for.
 */
export function chainKind(
  chain: unknown,
  metadata: unknown,
  runName: unknown,
  parentRunId: string | undefined,
): RunKind {
  const name = runNameOf(chain, runName);
  const className = asArray(field(chain, 'id')).at(-1);
  const agent = asString(field(metadata, 'lc_agent_name'));
  const byCreateAgent =
    className === 'CompiledStateGraph' &&
    (agent !== undefined || field(metadata, 'ls_integration') === 'langchain_create_agent');
  if (byCreateAgent || className === 'AgentExecutor') {
    const agentName = agent ?? name;
    return {
      operation: 'invoke_agent',
      name: agentName,
      attributes: { [ATTR_GEN_AI_AGENT_NAME]: agentName },
    };
  }
  if (parentRunId === undefined)
    return { operation: 'invoke_workflow', name, attributes: { [ATTR_GEN_AI_WORKFLOW_NAME]: name } };
  return { name, attributes: {} };
}
