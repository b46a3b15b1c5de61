import { completeDialect } from '../complete-dialect.js';
import type { Dialect } from '../dialect.js';

/** VoltAgent. */
export const voltAgent: Dialect = completeDialect({
  id: 'voltagent',
  source: '@voltagent/core@2.10.0, over the AI SDK 6',
  markers: ['llm.operation', 'voltagent.operation_id'],
  scopes: ['@voltagent/core'],
  // Its `llm.model` is not the one of our own contract.
  isWhole: true,
  model: ['ai.model.name'],
  operation: {
    keys: ['span.type', 'entity.type'],
    kinds: {
      // Has the counts of all its steps, without those of its subagents; the `llm` span below has the last step's.
      agent: 'inference',
      llm: undefined,
      tool: undefined,
    },
  },
  usage: {
    inputTokens: ['usage.prompt_tokens'],
    outputTokens: ['usage.completion_tokens'],
    total: ['usage.total_tokens'],
    cacheReadTokens: ['usage.cached_tokens'],
    reasoningTokens: ['usage.reasoning_tokens'],
  },
  untoldCaching: 'writes',
});
