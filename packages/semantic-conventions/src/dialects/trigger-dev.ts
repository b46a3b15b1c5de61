import { completeDialect } from '../complete-dialect.js';
import type { Dialect } from '../dialect.js';
import {
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
} from '../gen-ai-attributes.js';

/**
 * Trigger.dev. The span of a chat's turn, which calls itself a chat, has the sum of the AI SDK's steps below it, and no
 * model. That of the hook at its end repeats the sum, without an operation.
 */
export const triggerDev: Dialect = completeDialect({
  id: 'trigger_dev',
  source: '@trigger.dev/sdk@4.8.3',
  markers: [ATTR_GEN_AI_OPERATION_NAME, ATTR_GEN_AI_USAGE_INPUT_TOKENS],
  scopes: ['@trigger.dev/sdk'],
  isWhole: true,
  operation: {
    keys: [ATTR_GEN_AI_OPERATION_NAME],
    kinds: { chat: 'aggregate' },
    isRequired: true,
  },
  usage: {
    inputTokens: [ATTR_GEN_AI_USAGE_INPUT_TOKENS],
    outputTokens: [ATTR_GEN_AI_USAGE_OUTPUT_TOKENS],
  },
});
