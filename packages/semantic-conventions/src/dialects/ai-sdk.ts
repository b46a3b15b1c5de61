import type { Dialect, JsonKey } from '../dialect.js';
import { ATTR_GEN_AI_PROVIDER_NAME } from '../gen-ai-attributes.js';
import { genAi, genAiOperationKinds } from './gen-ai.js';

const metadata = (...path: string[]): JsonKey => ({ attribute: 'ai.response.providerMetadata', path });

/**
 * The AI SDK's own spans (scope `ai`, without a version). Its `gen_ai.*` copies carry no cache counts, and their
 * input count changes its meaning between 5 and 6.
 */
const ownSpans: Omit<Dialect, 'id' | 'markers' | 'inputIncludesCached'> = {
  source:
    'ai@4.3.19, 5.0.277, 6.0.326 and 7.0.173 (test/peers/FACTS.md); @ai-sdk/amazon-bedrock@2.2.12, 3.0.137 and 4.0.186, ' +
    '@ai-sdk/google@2.0.108 and @ai-sdk/google-vertex@3',
  isWhole: true,
  model: ['gen_ai.response.model', 'ai.response.model', 'gen_ai.request.model', 'ai.model.id'],
  provider: ['ai.model.provider', 'gen_ai.provider.name', 'gen_ai.system'],
  serviceTier: [
    metadata('openai', 'serviceTier'),
    metadata('anthropic', 'serviceTier'),
    metadata('anthropic', 'usage', 'service_tier'),
    metadata('google', 'serviceTier'),
    metadata('bedrock', 'serviceTier', 'type'),
    // Vertex, under the name of either package.
    metadata('google', 'usageMetadata', 'trafficType'),
    metadata('googleVertex', 'usageMetadata', 'trafficType'),
  ],
  streaming: [],
  timeToFirstChunk: [{ attribute: 'ai.response.msToFirstChunk', unit: 'ms' }, ...genAi.timeToFirstChunk],
  operation: {
    keys: ['ai.operationId', 'gen_ai.operation.name'],
    kinds: {
      ...genAiOperationKinds,
      // The outer spans restate their steps: the last one, or the sum of all.
      'ai.generateText': 'aggregate',
      'ai.generateText.doGenerate': 'inference',
      'ai.streamText': 'aggregate',
      'ai.streamText.doStream': 'inference',
      'ai.generateObject': 'aggregate',
      'ai.generateObject.doGenerate': 'inference',
      'ai.streamObject': 'aggregate',
      'ai.streamObject.doStream': 'inference',
      'ai.embed': 'aggregate',
      'ai.embed.doEmbed': 'embedding',
      'ai.embedMany': 'aggregate',
      'ai.embedMany.doEmbed': 'embedding',
      'ai.rerank': undefined,
      'ai.rerank.doRerank': undefined,
      'ai.toolCall': undefined,
    },
  },
  usage: {
    inputTokens: [
      'ai.usage.inputTokens',
      'ai.usage.promptTokens',
      'gen_ai.usage.input_tokens',
      // Of embeddings.
      'ai.usage.tokens',
    ],
    outputTokens: ['ai.usage.outputTokens', 'ai.usage.completionTokens', 'gen_ai.usage.output_tokens'],
    total: ['ai.usage.totalTokens', metadata('google', 'usageMetadata', 'totalTokenCount')],
    cacheReadTokens: [
      'ai.usage.inputTokenDetails.cacheReadTokens',
      'ai.usage.cachedInputTokens',
      'gen_ai.usage.cache_read.input_tokens',
      metadata('anthropic', 'cacheReadInputTokens'),
      metadata('anthropic', 'usage', 'cache_read_input_tokens'),
      metadata('openai', 'cachedPromptTokens'),
      metadata('bedrock', 'usage', 'cacheReadInputTokens'),
      metadata('google', 'usageMetadata', 'cachedContentTokenCount'),
    ],
    cacheWriteTokens: [
      'ai.usage.inputTokenDetails.cacheWriteTokens',
      'gen_ai.usage.cache_creation.input_tokens',
      metadata('anthropic', 'cacheCreationInputTokens'),
      metadata('anthropic', 'usage', 'cache_creation_input_tokens'),
      metadata('bedrock', 'usage', 'cacheWriteInputTokens'),
    ],
    cacheWrite1hTokens: [metadata('anthropic', 'usage', 'cache_creation', 'ephemeral_1h_input_tokens')],
    reasoningTokens: [
      'ai.usage.outputTokenDetails.reasoningTokens',
      'ai.usage.reasoningTokens',
      metadata('openai', 'reasoningTokens'),
      // 5 leaves them out of calls that are not streamed, and never adds them to the output.
      metadata('google', 'usageMetadata', 'thoughtsTokenCount'),
    ],
    inputAudioTokens: [],
    outputAudioTokens: [],
  },
  // 5 leaves them out of calls to OpenAI that are not streamed.
  untoldCaching: 'counts',
  // Told by OpenAI's responses, but not by its chat completions.
  untoldTier: true,
  // OpenRouter's usage.cost (@openrouter/ai-sdk-provider@2.10.0), and what Vercel's gateway adds to each response.
  cost: [{ amount: metadata('openrouter', 'usage', 'cost') }, { amount: metadata('gateway', 'cost') }],
  content: genAi.content,
};

/** AI SDK 4 and 5. */
export const aiSdk: Dialect = {
  ...ownSpans,
  id: 'ai_sdk',
  // On every span but those of tools.
  markers: ['ai.settings.maxRetries'],
  inputIncludesCached: { anthropic: 'no', others: 'yes' },
};

/**
 * The agents of Vercel's Workflow SDK, which write AI SDK 6's counts under the names of 5, without what was written to a
 * cache. And the AI SDK's tools.
 */
export const workflowAi: Dialect = {
  ...ownSpans,
  id: 'workflow_ai',
  source: '@workflow/ai@5.0.0',
  markers: ['ai.operationId'],
  inputIncludesCached: 'yes',
  untoldCaching: 'writes',
};

/** AI SDK 6, and 7 with its older spans, which have the parts of the input. */
export const aiSdk6: Dialect = {
  ...ownSpans,
  id: 'ai_sdk_6',
  markers: [
    'ai.usage.inputTokenDetails.noCacheTokens',
    'ai.usage.inputTokenDetails.cacheReadTokens',
    'ai.usage.inputTokenDetails.cacheWriteTokens',
  ],
  inputIncludesCached: 'yes',
};

/** The spans of AI SDK 7, which follow the conventions. */
export const aiSdk7: Dialect = {
  ...genAi,
  id: 'ai_sdk_7',
  source: 'ai@7.0.173 (test/peers/FACTS.md)',
  // On every span of a call. Others that call their tracer like that may write older names instead.
  markers: [ATTR_GEN_AI_PROVIDER_NAME],
  scopes: ['gen_ai'],
  isWhole: true,
  untoldTier: true,
};
