import { completeDialect } from '../complete-dialect.js';
import type { Dialect, JsonKey } from '../dialect.js';

/** The provider's own usage. */
const reported = (...path: string[]): JsonKey => ({ attribute: 'judgment.usage.metadata', path });

/** Judgment. Its input count excludes tokens read from or written to a cache. */
export const judgeval: Dialect = completeDialect({
  id: 'judgeval',
  source: 'judgeval@1.2.1',
  markers: ['judgment.llm.model', 'judgment.usage.non_cached_input_tokens'],
  model: ['judgment.llm.model'],
  provider: ['judgment.llm.provider'],
  serviceTier: [reported('service_tier')],
  usage: {
    inputTokens: ['judgment.usage.non_cached_input_tokens'],
    outputTokens: ['judgment.usage.output_tokens'],
    cacheReadTokens: ['judgment.usage.cache_read_input_tokens'],
    cacheWriteTokens: ['judgment.usage.cache_creation_input_tokens'],
    cacheWrite1hTokens: [reported('cache_creation', 'ephemeral_1h_input_tokens')],
  },
  inputIncludesCached: 'no',
  untoldCaching: 'life',
  cost: [{ amount: 'judgment.usage.total_cost_usd' }],
});
