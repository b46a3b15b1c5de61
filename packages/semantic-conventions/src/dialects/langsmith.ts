import type { Dialect, JsonKey } from '../dialect.js';
import { ATTR_GEN_AI_USAGE_INPUT_TOKENS, ATTR_GEN_AI_USAGE_OUTPUT_TOKENS } from '../gen-ai-attributes.js';
import { genAi } from './gen-ai.js';
import { genAiLegacy } from './gen-ai-legacy.js';

const counts = (...path: string[]): JsonKey => ({ attribute: 'langsmith.usage_metadata', path });

/** LangSmith's client when it exports by OpenTelemetry: LangChain's counts, as JSON. */
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
    // For LangChain's runs, only the JSON has them.
    inputTokens: [counts('input_tokens'), ATTR_GEN_AI_USAGE_INPUT_TOKENS],
    outputTokens: [counts('output_tokens'), ATTR_GEN_AI_USAGE_OUTPUT_TOKENS],
    total: [],
    cacheReadTokens: [counts('input_token_details', 'cache_read')],
    // LangChain's; then that of LangSmith's own wrapper of Anthropic's client, which splits them by lifetime.
    cacheWriteTokens: [
      counts('input_token_details', 'cache_creation'),
      counts('input_token_details', 'ephemeral_5m_input_tokens'),
    ],
    cacheWrite1hTokens: [counts('input_token_details', 'ephemeral_1hr_input_tokens')],
    reasoningTokens: [counts('output_token_details', 'reasoning')],
    inputAudioTokens: [counts('input_token_details', 'audio')],
    outputAudioTokens: [counts('output_token_details', 'audio')],
  },
  untoldCaching: 'counts',
};
