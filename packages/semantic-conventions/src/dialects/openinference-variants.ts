import type { Dialect } from '../dialect.js';
import { openInference } from './openinference.js';

/** OpenInference's LangChain handler, which leaves out what was written to the cache. */
export const openInferenceLangChain: Dialect = {
  ...openInference,
  id: 'openinference_langchain',
  source: '@arizeai/openinference-instrumentation-langchain@4.1.1 (test/peers/FACTS.md)',
  scopes: ['@arizeai/openinference-instrumentation-langchain'],
  isWhole: true,
  untoldCaching: 'writes',
};

/** OpenInference's instrumentation of Bedrock, which passes the provider's counts on; those of the Converse API, and of agents, without the cache's. */
export const openInferenceBedrock: Dialect = {
  ...openInference,
  id: 'openinference_bedrock',
  source:
    '@arizeai/openinference-instrumentation-bedrock@0.5.1, @arizeai/openinference-instrumentation-bedrock-agent-runtime@1.2.1',
  // The one for agents is `…-bedrock-agent`.
  scopes: ['@arizeai/openinference-instrumentation-bedrock'],
  isWhole: true,
  inputIncludesCached: 'no',
  untoldCaching: 'counts',
};

/** OpenInference's instrumentation of the Claude Agent SDK: one span for a run, with its cost. */
export const openInferenceClaudeAgent: Dialect = {
  ...openInference,
  id: 'openinference_claude_agent',
  source: '@arizeai/openinference-instrumentation-claude-agent-sdk@0.3.1',
  scopes: ['@arizeai/openinference-instrumentation-claude-agent-sdk'],
  isWhole: true,
  // Of a run, in which nearly all input is cached, this is what remains.
  inputIncludesCached: 'no',
  untoldCaching: 'counts',
};

/** Instrumentations of OpenInference's that pass no cache counts on. */
export const openInferenceWithoutCache: Dialect = {
  ...openInference,
  id: 'openinference_without_cache',
  source: '@arizeai/openinference-tanstack-ai@0.2.13, @arizeai/openinference-instrumentation-beeai@1.5.30',
  scopes: ['@arizeai/openinference-tanstack-ai', '@arizeai/openinference-instrumentation-beeai'],
  isWhole: true,
  untoldCaching: 'counts',
};

/** OpenInference's instrumentation of OpenAI's Agents, which run other models too: of those it records no cache counts. */
export const openInferenceOpenAiAgents: Dialect = {
  ...openInference,
  id: 'openinference_openai_agents',
  source: '@arizeai/openinference-instrumentation-openai-agents@0.2.15, @openai/agents-extensions@0.18.0',
  scopes: ['@arizeai/openinference-instrumentation-openai-agents'],
  isWhole: true,
  // Its `llm.system` is OpenAI for every model.
  provider: ['llm.provider'],
  untoldCaching: 'counts',
};
