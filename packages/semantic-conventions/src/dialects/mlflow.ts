import { completeDialect } from '../complete-dialect.js';
import type { Dialect, JsonKey } from '../dialect.js';

/** Every value is JSON, a string too. */
const json = (attribute: string, ...path: string[]): JsonKey => ({ attribute, path });
/** What the provider answered. */
const response = (...path: string[]) => json('mlflow.spanOutputs', ...path);
const reported = (...path: string[]) => response('usage', ...path);
/** Those that MLflow makes of them, without the cache. */
const tokens = (name: string) => json('mlflow.chat.tokenUsage', name);

/** MLflow. Its `mlflow.llm.cost` is a multiplication of its own. */
export const mlflow: Dialect = completeDialect({
  id: 'mlflow',
  source: 'libs/typescript of mlflow/mlflow@0f68edb (@mlflow/core, @mlflow/openai, @mlflow/anthropic)',
  markers: ['mlflow.spanType', 'mlflow.chat.tokenUsage'],
  isWhole: true,
  model: [
    json('mlflow.llm.model'),
    // Those for OpenAI and Anthropic have it nowhere else.
    response('model'),
    json('mlflow.spanInputs', 'model'),
  ],
  provider: [json('mlflow.llm.provider'), json('mlflow.message.format')],
  operation: {
    keys: ['mlflow.spanType'],
    kinds: {
      '"AGENT"': 'aggregate',
      '"CHAIN"': 'aggregate',
      '"CHAT_MODEL"': 'inference',
      '"EMBEDDING"': 'embedding',
      '"LLM"': 'inference',
      '"MEMORY"': undefined,
      '"PARSER"': undefined,
      '"RERANKER"': undefined,
      '"RETRIEVER"': undefined,
      '"TOOL"': undefined,
      '"UNKNOWN"': undefined,
    },
  },
  serviceTier: [response('service_tier'), reported('service_tier')],
  usage: {
    inputTokens: [reported('prompt_tokens'), reported('input_tokens'), tokens('input_tokens')],
    outputTokens: [reported('completion_tokens'), reported('output_tokens'), tokens('output_tokens')],
    total: [response('usageMetadata', 'totalTokenCount'), tokens('total_tokens')],
    // OpenAI's chats and responses, Anthropic's, Gemini's.
    cacheReadTokens: [
      reported('prompt_tokens_details', 'cached_tokens'),
      reported('input_tokens_details', 'cached_tokens'),
      reported('cache_read_input_tokens'),
      response('usageMetadata', 'cachedContentTokenCount'),
    ],
    cacheWriteTokens: [reported('cache_creation_input_tokens')],
    cacheWrite1hTokens: [reported('cache_creation', 'ephemeral_1h_input_tokens')],
    reasoningTokens: [
      reported('completion_tokens_details', 'reasoning_tokens'),
      reported('output_tokens_details', 'reasoning_tokens'),
      response('usageMetadata', 'thoughtsTokenCount'),
    ],
  },
  inputIncludesCached: { anthropic: 'no', others: 'yes' },
  // A response that is too long is not read.
  untoldCaching: 'counts',
});
