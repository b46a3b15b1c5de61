import { completeDialect } from '../complete-dialect.js';
import type { Dialect } from '../dialect.js';

/** Sentry's names before it took those of the GenAI conventions, which is what it writes now. */
export const sentryLegacy: Dialect = completeDialect({
  id: 'sentry_legacy',
  source: '@sentry/conventions@0.32.0 (deprecated names)',
  markers: ['ai.model_id', 'ai.prompt_tokens.used', 'ai.completion_tokens.used', 'ai.total_tokens.used'],
  model: ['ai.model_id'],
  provider: ['ai.model.provider'],
  streaming: ['ai.streaming'],
  usage: {
    inputTokens: ['ai.prompt_tokens.used'],
    outputTokens: ['ai.completion_tokens.used'],
    total: ['ai.total_tokens.used'],
  },
  cost: [{ amount: 'ai.total_cost' }],
});
