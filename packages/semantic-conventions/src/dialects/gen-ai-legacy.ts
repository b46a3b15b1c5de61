import { completeDialect } from '../complete-dialect.js';
import type { Dialect } from '../dialect.js';
import {
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_GEN_AI_RESPONSE_MODEL,
  ATTR_GEN_AI_SYSTEM,
  ATTR_GEN_AI_USAGE_COMPLETION_TOKENS,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
  ATTR_GEN_AI_USAGE_PROMPT_TOKENS,
} from '../gen-ai-attributes.js';
import { genAi, genAiOperationKinds } from './gen-ai.js';

/** The OpenTelemetry GenAI conventions before `gen_ai.provider.name`. */
export const genAiLegacy: Dialect = completeDialect({
  id: 'gen_ai_legacy',
  source: '@opentelemetry/semantic-conventions@1.45.0/incubating (deprecated names)',
  markers: [ATTR_GEN_AI_SYSTEM, ATTR_GEN_AI_USAGE_PROMPT_TOKENS, ATTR_GEN_AI_USAGE_COMPLETION_TOKENS],
  model: [ATTR_GEN_AI_RESPONSE_MODEL, ATTR_GEN_AI_REQUEST_MODEL],
  provider: [ATTR_GEN_AI_SYSTEM],
  serviceTier: genAi.serviceTier,
  streaming: genAi.streaming,
  timeToFirstChunk: genAi.timeToFirstChunk,
  operation: { keys: [ATTR_GEN_AI_OPERATION_NAME], kinds: genAiOperationKinds },
  usage: {
    // Traceloop for Python and Sentry had cache counts beside the older names.
    ...genAi.usage,
    inputTokens: [ATTR_GEN_AI_USAGE_INPUT_TOKENS, ATTR_GEN_AI_USAGE_PROMPT_TOKENS],
    outputTokens: [ATTR_GEN_AI_USAGE_OUTPUT_TOKENS, ATTR_GEN_AI_USAGE_COMPLETION_TOKENS],
  },
  // As the provider reports: OpenAI includes them. Anthropic does not, but Sentry adds them up.
  inputIncludesCached: { anthropic: 'unknown', others: 'yes' },
  cost: [{ amount: 'gen_ai.usage.cost' }],
  content: {
    keys: ['gen_ai.prompt', 'gen_ai.completion'],
    prefixes: ['gen_ai.prompt.', 'gen_ai.completion.'],
    safeKeys: [
      'gen_ai.prompt.name',
      'gen_ai.prompt.version',
      'gen_ai.prompt.id',
      // Traceloop's and openlit's, by message.
      'gen_ai.prompt.*.role',
      'gen_ai.prompt.*.tool_call_id',
      'gen_ai.prompt.*.tool_calls.*.id',
      'gen_ai.prompt.*.tool_calls.*.name',
      'gen_ai.completion.*.finish_reason',
      'gen_ai.completion.*.role',
      'gen_ai.completion.*.function_call.name',
      'gen_ai.completion.*.tool_calls.*.id',
      'gen_ai.completion.*.tool_calls.*.name',
    ],
    events: [
      'gen_ai.system.message',
      'gen_ai.developer.message',
      'gen_ai.user.message',
      'gen_ai.assistant.message',
      'gen_ai.tool.message',
      'gen_ai.choice',
      'gen_ai.content.prompt',
      'gen_ai.content.completion',
    ],
  },
});
