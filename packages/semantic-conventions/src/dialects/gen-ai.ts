import { completeDialect } from '../complete-dialect.js';
import type { Dialect } from '../dialect.js';
import {
  ATTR_ANTHROPIC_USAGE_CACHE_WRITE_1H_INPUT_TOKENS,
  ATTR_GEN_AI_OPERATION_NAME,
  ATTR_GEN_AI_PROVIDER_NAME,
  ATTR_GEN_AI_REQUEST_MODEL,
  ATTR_GEN_AI_RESPONSE_MODEL,
  ATTR_GEN_AI_USAGE_AUDIO_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS,
  ATTR_GEN_AI_USAGE_CACHE_CREATION_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_COST,
  ATTR_GEN_AI_USAGE_INPUT_TOKENS,
  ATTR_GEN_AI_USAGE_OUTPUT_TOKENS,
  ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
  ATTR_GEN_AI_USAGE_TOTAL_TOKENS,
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
  // AI SDK 7 and Traceloop; Mastra's loop and its turns.
  agent_step: 'aggregate',
  workflow: 'aggregate',
  model_generation: 'aggregate',
  model_step: 'aggregate',
  execute_tool: undefined,
  retrieval: undefined,
  // AI SDK 7.
  rerank: undefined,
  // The span kinds of dd-trace, under the same name.
  llm: 'inference',
  completion: 'inference',
  embedding: 'embedding',
  agent: 'aggregate',
  task: undefined,
  tool: undefined,
};

/** The OpenTelemetry GenAI conventions as they are now. */
export const genAi: Dialect = completeDialect({
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
    'openai.response.service_tier',
    'gen_ai.openai.response.service_tier',
    'anthropic.response.service_tier',
    'openai.request.service_tier',
    'gen_ai.openai.request.service_tier',
    'anthropic.request.service_tier',
  ],
  // The second is openlit's, the third Sentry's.
  streaming: ['gen_ai.request.stream', 'gen_ai.request.is_stream', 'gen_ai.response.streaming'],
  timeToFirstChunk: [
    { attribute: 'gen_ai.response.time_to_first_chunk', unit: 's' },
    // AI SDK 7: the name of a metric, on a span; openlit; Sentry's older name.
    { attribute: 'gen_ai.client.operation.time_to_first_chunk', unit: 's' },
    { attribute: 'gen_ai.server.time_to_first_token', unit: 's' },
    { attribute: 'gen_ai.response.time_to_first_token', unit: 's' },
  ],
  operation: { keys: [ATTR_GEN_AI_OPERATION_NAME], kinds: genAiOperationKinds },
  usage: {
    inputTokens: [ATTR_GEN_AI_USAGE_INPUT_TOKENS],
    outputTokens: [ATTR_GEN_AI_USAGE_OUTPUT_TOKENS],
    // The second is that of older Traceloop.
    total: [ATTR_GEN_AI_USAGE_TOTAL_TOKENS, 'llm.usage.total_tokens'],
    // After those of the convention: dd-trace and older Traceloop, Sentry, openlit, LiveKit.
    cacheReadTokens: [
      ATTR_GEN_AI_USAGE_CACHE_READ_INPUT_TOKENS,
      'gen_ai.usage.cache_read_input_tokens',
      'gen_ai.usage.input_tokens.cached',
      'gen_ai.usage.prompt_tokens_details.cache_read',
      'gen_ai.usage.input_cached_tokens',
    ],
    cacheWriteTokens: [
      ATTR_GEN_AI_USAGE_CACHE_CREATION_INPUT_TOKENS,
      ATTR_GEN_AI_USAGE_CACHE_WRITE_INPUT_TOKENS,
      'gen_ai.usage.cache_creation_input_tokens',
      'gen_ai.usage.cache_write_input_tokens',
      'gen_ai.usage.input_tokens.cache_write',
      'gen_ai.usage.prompt_tokens_details.cache_write',
      // Anthropic's own, which also has the sum for both times to live.
      'anthropic.usage.cache_creation.ephemeral_5m_input_tokens',
    ],
    // The second is Mastra's.
    cacheWrite1hTokens: [
      ATTR_ANTHROPIC_USAGE_CACHE_WRITE_1H_INPUT_TOKENS,
      'gen_ai.usage.cache_creation.1h_input_tokens',
    ],
    reasoningTokens: [
      ATTR_GEN_AI_USAGE_REASONING_OUTPUT_TOKENS,
      'gen_ai.usage.reasoning_tokens',
      'gen_ai.usage.reasoning_output_tokens',
      'gen_ai.usage.output_tokens.reasoning',
      'gen_ai.usage.completion_tokens_details.reasoning',
    ],
    // The second is a former name of the conventions, and Mastra's; the third is LiveKit's.
    inputAudioTokens: [
      ATTR_GEN_AI_USAGE_AUDIO_INPUT_TOKENS,
      'gen_ai.usage.audio_input_tokens',
      'gen_ai.usage.input_audio_tokens',
    ],
    outputAudioTokens: [
      ATTR_GEN_AI_USAGE_AUDIO_OUTPUT_TOKENS,
      'gen_ai.usage.audio_output_tokens',
      'gen_ai.usage.output_audio_tokens',
    ],
  },
  // The convention says MUST (semantic-conventions#3163); emitters that break it are other dialects.
  inputIncludesCached: 'yes',
  untoldCaching: 'life',
  // Sentry's spans, which never have it.
  untoldTier: 'sentry.origin',
  inexact: [
    {
      because: 'LangChain adds up the chunks of an Anthropic stream, of which the last repeats the first',
      provider: 'anthropic',
      where: { attribute: 'sentry.origin', value: 'auto.ai.langchain' },
    },
  ],
  // semantic-conventions-genai#443 (proposed), OpenRouter, pydantic-ai and Logfire, Sentry, LiteLLM's response header.
  cost: [
    { amount: 'gen_ai.usage.cost.amount', currency: 'gen_ai.usage.cost.currency' },
    { amount: ATTR_GEN_AI_USAGE_COST },
    { amount: 'operation.cost' },
    { amount: 'gen_ai.cost.total_tokens' },
    { amount: 'http.response.header.x-litellm-response-cost' },
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
    // What the events of the convention have beside the messages.
    safeKeys: [
      'gen_ai.conversation.id',
      // Where messages are written one by one.
      'gen_ai.input.messages.*.role',
      'gen_ai.input.messages.*.message.role',
      'gen_ai.output.messages.*.finish_reason',
      'gen_ai.output.messages.*.role',
      'gen_ai.output.messages.*.message.role',
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
      // Of @sentry/conventions@0.33.0.
      'gen_ai.tool.call.result.size',
    ],
    events: [
      'gen_ai.client.inference.operation.details',
      'gen_ai.client.operation.exception',
      'gen_ai.evaluation.result',
    ],
  },
});
