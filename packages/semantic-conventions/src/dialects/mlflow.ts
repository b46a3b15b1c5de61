import { completeDialect } from '../complete-dialect.js';
import type { Dialect, JsonKey } from '../dialect.js';

/** Every value is JSON, a string too. */
const json = (attribute: string, ...path: string[]): JsonKey => ({ attribute, path });
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
    json('mlflow.spanOutputs', 'model'),
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
  usage: {
    inputTokens: [tokens('input_tokens')],
    outputTokens: [tokens('output_tokens')],
    total: [tokens('total_tokens')],
    cacheReadTokens: [tokens('cache_read_input_tokens')],
    cacheWriteTokens: [tokens('cache_creation_input_tokens')],
  },
  // It means them to be included, but passes Anthropic's own count on.
  inputIncludesCached: { anthropic: 'unknown', others: 'yes' },
  untoldCaching: 'counts',
});
