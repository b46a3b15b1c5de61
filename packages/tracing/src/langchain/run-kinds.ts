import {
  ATTR_GEN_AI_AGENT_NAME,
  ATTR_GEN_AI_CONVERSATION_ID,
  ATTR_GEN_AI_RETRIEVAL_QUERY_TEXT,
  ATTR_GEN_AI_TOOL_CALL_ARGUMENTS,
  ATTR_GEN_AI_TOOL_CALL_ID,
  ATTR_GEN_AI_TOOL_NAME,
  ATTR_GEN_AI_TOOL_TYPE,
  ATTR_GEN_AI_WORKFLOW_NAME,
} from '@llm-otel/semantic-conventions';
import { asArray, asString, field } from '../unknown-values.js';
import { readConversation } from './read-llm-run.js';
import type { RunKind } from './run-span.js';

/** The name that the application gave the run, or that of its class. */
function runNameOf(serialized: unknown, runName: unknown): string {
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
  const id = asArray(field(chain, 'id'));
  const className = id.at(-1);
  const isGraph = id[0] === 'langgraph' && id[1] === 'pregel';
  const conversation = { [ATTR_GEN_AI_CONVERSATION_ID]: readConversation(metadata) };
  const agent = asString(field(metadata, 'lc_agent_name'));
  const byCreateAgent =
    className === 'CompiledStateGraph' &&
    (agent !== undefined || field(metadata, 'ls_integration') === 'langchain_create_agent');
  if (byCreateAgent || className === 'AgentExecutor') {
    const agentName = agent ?? name;
    return {
      operation: 'invoke_agent',
      name: agentName,
      isGraph,
      attributes: { [ATTR_GEN_AI_AGENT_NAME]: agentName, ...conversation },
    };
  }
  if (parentRunId === undefined)
    return {
      operation: 'invoke_workflow',
      name,
      isGraph,
      attributes: { [ATTR_GEN_AI_AGENT_NAME]: name, [ATTR_GEN_AI_WORKFLOW_NAME]: name, ...conversation },
    };
  return { name, isGraph, attributes: {} };
}

export function toolKind(tool: unknown, runName: unknown, toolCallId: unknown, input: unknown): RunKind {
  const name = runNameOf(tool, runName);
  return {
    operation: 'execute_tool',
    name,
    attributes: {
      [ATTR_GEN_AI_TOOL_NAME]: name,
      [ATTR_GEN_AI_TOOL_TYPE]: 'function',
      [ATTR_GEN_AI_TOOL_CALL_ID]: asString(toolCallId),
    },
    content: { [ATTR_GEN_AI_TOOL_CALL_ARGUMENTS]: input },
  };
}

export function retrieverKind(retriever: unknown, runName: unknown, query: unknown): RunKind {
  return {
    operation: 'retrieval',
    name: runNameOf(retriever, runName),
    attributes: {},
    content: { [ATTR_GEN_AI_RETRIEVAL_QUERY_TEXT]: query },
  };
}
