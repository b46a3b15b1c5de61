import type { Dialect } from '../dialect.js';
import {
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_GEN_AI_RESPONSE_MODEL,
  ATTR_GEN_AI_USAGE_CACHE_CREATION_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
  ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
} from '../gen-ai-attributes.js';

/** What each `gen_ai.operation.name` is. */
export const genAiOperationKinds: Dialect['operation']['kinds'] = {
  chat: 'inference',
  text_completion: 'inference',
  generate_content: 'inference',
  embeddings: 'embedding',
  create_agent: 'aggregate',
  invoke_agent: 'aggregate',
  invoke_workflow: 'aggregate',
  // AI SDK 7 and Traceloop.
  agent_step: 'aggregate',
  workflow: 'aggregate',
  execute_tool: undefined,
  retrieval: undefined,
};

/** The OpenTelemetry GenAI conventions as they are now. */
export const genAi: Dialect = {
  id: 'gen_ai',
  source: '@opentelemetry/semantic-conventions@1.45.0/incubating',
  markers: [
    ATTR_GEN_AI_PROVIDER_NAME,
    ATTR_GEN_AI_OPERATION_NAME,
    ATTR_GEN_AI_USAGE_INPUT_TOKENS,
    ATTR_GEN_AI_REQUEST_MODEL,
  ],
  model: [ATTR_GEN_AI_RESPONSE_MODEL, ATTR_GEN_AI_REQUEST_MODEL],
  provider: [ATTR_GEN_AI_PROVIDER_NAME],
  serviceTier: [
    'gen_ai.openai.response.service_tier',
    'openai.response.service_tier',
    'anthropic.response.service_tier',
  ],
  operation: { keys: [ATTR_GEN_AI_OPERATION_NAME], kinds: genAiOperationKinds },
  usage: {
    inputTokens: [ATTR_GEN_AI_USAGE_INPUT_TOKENS],
    outputTokens: [ATTR_GEN_AI_USAGE_OUTPUT_TOKENS],
    total: [],
    cacheReadTokens: [ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS],
    cacheWriteTokens: [
      ATTR_GEN_AI_USAGE_CACHE_CREATION_INPUT_TOKENS,
      ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
    ],
    cacheWrite1hTokens: ['anthropic.usage.cache_creation.ephemeral_1h_input_tokens'],
    reasoningTokens: [ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS, 'gen_ai.usage.reasoning_tokens'],
    inputAudioTokens: [],
    outputAudioTokens: [],
  },
  // The convention says MUST (semantic-conventions#3163); emitters that break it are other dialects.
  inputIncludesCached: 'yes',
  untoldCaching: 'life',
  // semantic-conventions-genai#443 (proposed), openlit and OpenRouter, pydantic-ai and Logfire.
  cost: [
    { amount: 'gen_ai.usage.cost.amount', currency: 'gen_ai.usage.cost.currency' },
    { amount: 'gen_ai.usage.cost' },
    { amount: 'operation.cost' },
  ],
  content: {
    keys: [
      'gen_ai.input.messages',
      'gen_ai.output.messages',
      'gen_ai.system_instructions',
      'gen_ai.tool.definitions',
      'gen_ai.tool.description',
      'gen_ai.tool.call.arguments',
      'gen_ai.tool.call.result',
      'gen_ai.retrieval.query.text',
      'gen_ai.retrieval.documents',
      'gen_ai.evaluation.explanation',
      'gen_ai.request.stop_sequences',
    ],
    prefixes: [],
    // What the events of the convention tell beside the messages.
    safeKeys: [
      'gen_ai.conversation.id',
      'gen_ai.output.type',
      'gen_ai.request.choice.count',
      'gen_ai.request.encoding_formats',
      'gen_ai.request.frequency_penalty',
      'gen_ai.request.max_tokens',
      'gen_ai.request.presence_penalty',
      'gen_ai.request.seed',
      'gen_ai.request.stream',
      'gen_ai.request.temperature',
      'gen_ai.request.top_k',
      'gen_ai.request.top_p',
    ],
    mixedJsonKeys: [],
    events: [
      'gen_ai.client.inference.operation.details',
      'gen_ai.client.operation.exception',
      'gen_ai.evaluation.result',
    ],
  },
};
