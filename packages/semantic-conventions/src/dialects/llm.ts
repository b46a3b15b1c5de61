import { completeDialect } from '../complete-dialect.js';
import type { Dialect } from '../dialect.js';
import { ATTR_GEN_AI_USAGE_COST } from '../gen-ai-attributes.js';
import {
  ATTR_LLM_ERROR_MESSAGE,
  ATTR_LLM_LATENCY_MS,
  ATTR_LLM_MODEL,
  ATTR_LLM_PROMPT,
  ATTR_LLM_PROMPT_MESSAGE_COUNT,
  ATTR_LLM_PROMPT_SYSTEM_LENGTH,
  ATTR_LLM_PROVIDER,
  ATTR_LLM_RESPONSE,
  ATTR_LLM_RESPONSE_LENGTH,
  ATTR_LLM_SERVICE_TIER,
  ATTR_LLM_STREAMING,
  ATTR_LLM_TOKENS_CACHE_READ,
  ATTR_LLM_TOKENS_CACHE_WRITE,
  ATTR_LLM_TOKENS_CACHE_WRITE_1H,
  ATTR_LLM_TOKENS_INPUT,
  ATTR_LLM_TOKENS_INPUT_AUDIO,
  ATTR_LLM_TOKENS_OUTPUT,
  ATTR_LLM_TOKENS_OUTPUT_AUDIO,
  ATTR_LLM_TOKENS_REASONING,
  ATTR_LLM_TOKENS_TOTAL,
  ATTR_LLM_TTFT_MS,
} from '../llm-attributes.js';

/** This project's own contract. */
export const llm: Dialect = completeDialect({
  id: 'llm',
  source: 'docs/attributes.md',
  markers: [
    ATTR_LLM_MODEL,
    ATTR_LLM_LATENCY_MS,
    ATTR_LLM_TOKENS_INPUT,
    ATTR_LLM_TOKENS_OUTPUT,
    ATTR_LLM_TOKENS_TOTAL,
  ],
  model: [ATTR_LLM_MODEL],
  provider: [ATTR_LLM_PROVIDER],
  serviceTier: [ATTR_LLM_SERVICE_TIER],
  streaming: [ATTR_LLM_STREAMING],
  timeToFirstChunk: [{ attribute: ATTR_LLM_TTFT_MS, unit: 'ms' }],
  usage: {
    inputTokens: [ATTR_LLM_TOKENS_INPUT],
    outputTokens: [ATTR_LLM_TOKENS_OUTPUT],
    total: [ATTR_LLM_TOKENS_TOTAL],
    cacheReadTokens: [ATTR_LLM_TOKENS_CACHE_READ],
    cacheWriteTokens: [ATTR_LLM_TOKENS_CACHE_WRITE],
    cacheWrite1hTokens: [ATTR_LLM_TOKENS_CACHE_WRITE_1H],
    reasoningTokens: [ATTR_LLM_TOKENS_REASONING],
    inputAudioTokens: [ATTR_LLM_TOKENS_INPUT_AUDIO],
    outputAudioTokens: [ATTR_LLM_TOKENS_OUTPUT_AUDIO],
  },
  inputIncludesCached: 'yes',
  cost: [{ amount: ATTR_GEN_AI_USAGE_COST }],
  content: {
    keys: [ATTR_LLM_PROMPT, ATTR_LLM_RESPONSE, ATTR_LLM_ERROR_MESSAGE],
    prefixes: ['llm.prompt.', 'llm.response.'],
    safeKeys: [
      ATTR_LLM_PROMPT_MESSAGE_COUNT,
      ATTR_LLM_PROMPT_SYSTEM_LENGTH,
      ATTR_LLM_RESPONSE_LENGTH,
      // OpenInference's, where the spellings meet.
      'llm.response.model_name',
    ],
  },
});
