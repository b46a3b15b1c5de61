import { completeDialect } from '../complete-dialect.js';
import type { Dialect } from '../dialect.js';
import { ATTR_GEN_AI_USAGE_INPUT_TOKENS, ATTR_GEN_AI_USAGE_OUTPUT_TOKENS } from '../gen-ai-attributes.js';

/** Trigger.dev. The span of a chat's turn, which calls itself a chat, has the sum of the AI SDK's steps below it, and no model. */
export const triggerDev: Dialect = completeDialect({
  id: 'trigger_dev',
  source: '@trigger.dev/sdk@4.8.3',
  markers: ['$entity.type'],
  isWhole: true,
  operation: {
    keys: ['$entity.type'],
    // All others, of which there are a dozen, have neither a model nor counts.
    kinds: { 'chat-action': 'aggregate', 'chat-turn': 'aggregate' },
  },
  usage: {
    inputTokens: [ATTR_GEN_AI_USAGE_INPUT_TOKENS],
    outputTokens: [ATTR_GEN_AI_USAGE_OUTPUT_TOKENS],
  },
});
