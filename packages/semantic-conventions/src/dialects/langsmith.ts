import type { Dialect, JsonKey } from '../dialect.js';
import { genAi } from './gen-ai.js';
import { genAiLegacy } from './gen-ai-legacy.js';

const details = (of: 'input' | 'output', name: string): JsonKey => ({
  attribute: `gen_ai.usage.${of}_token_details`,
  path: [name],
});

/** LangSmith's client when it exports by OpenTelemetry: LangChain's counts, with their parts as JSON. */
export const langSmith: Dialect = {
  ...genAi,
  id: 'langsmith',
  source: 'langsmith@0.12.0',
  markers: ['langsmith.span.kind'],
  isWhole: true,
  provider: genAiLegacy.provider,
  serviceTier: ['gen_ai.response.service_tier'],
  operation: {
    // Its `gen_ai.operation.name` calls a prompt a chat, and a retriever embeddings.
    keys: ['langsmith.span.kind'],
    kinds: {
      llm: 'inference',
      embedding: 'embedding',
      chain: 'aggregate',
      parser: undefined,
      prompt: undefined,
      retriever: undefined,
      tool: undefined,
    },
  },
  streaming: ['langsmith.request.streaming'],
  usage: {
    ...genAi.usage,
    cacheReadTokens: [details('input', 'cache_read')],
    // LangChain's; then that of LangSmith's own wrapper of Anthropic's client, which splits them by lifetime.
    cacheWriteTokens: [details('input', 'cache_creation'), details('input', 'ephemeral_5m_input_tokens')],
    cacheWrite1hTokens: [details('input', 'ephemeral_1hr_input_tokens')],
    reasoningTokens: [details('output', 'reasoning')],
    inputAudioTokens: [details('input', 'audio')],
    outputAudioTokens: [details('output', 'audio')],
  },
  untoldCaching: 'counts',
};
