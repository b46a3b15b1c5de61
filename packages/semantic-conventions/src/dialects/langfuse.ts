import { completeDialect } from '../complete-dialect.js';
import type { Dialect } from '../dialect.js';

/** Langfuse's own instrumentations (`@langfuse/openai`, `@langfuse/langchain`). */
export const langfuse: Dialect = completeDialect({
  id: 'langfuse',
  source: '@langfuse/core@5.11.1 (test/peers/FACTS.md)',
  markers: ['langfuse.observation.type'],
  model: ['langfuse.observation.model.name'],
  provider: ['langfuse.observation.metadata.ls_provider'],
  operation: {
    keys: ['langfuse.observation.type'],
    kinds: {
      generation: 'inference',
      embedding: 'embedding',
      agent: 'aggregate',
      chain: 'aggregate',
      span: undefined,
      event: undefined,
      tool: undefined,
      retriever: undefined,
      evaluator: undefined,
      guardrail: undefined,
    },
  },
  streaming: [{ attribute: 'langfuse.observation.model.parameters', flag: 'stream' }],
  timeToFirstChunk: [{ attribute: 'langfuse.observation.completion_start_time', unit: 'time' }],
  inexact: [
    {
      because: 'LangChain adds up the chunks of an Anthropic stream, of which the last repeats the first',
      provider: 'anthropic',
      streamed: true,
    },
  ],
  untoldTier: true,
  // All zeros upon errors, which is no cost.
  cost: [{ amount: { attribute: 'langfuse.observation.cost_details', path: ['total'] } }],
  buckets: {
    attribute: 'langfuse.observation.usage_details',
    cacheReadTokens: ['input_cached_tokens', 'input_cache_read', 'cache_read_input_tokens'],
    cacheWriteTokens: ['input_cache_write_tokens', 'input_cache_creation', 'cache_creation_input_tokens'],
    reasoningTokens: ['output_reasoning_tokens', 'output_reasoning'],
    inputAudioTokens: ['input_audio_tokens', 'input_audio'],
    outputAudioTokens: ['output_audio_tokens', 'output_audio'],
  },
});
