import type { Dialect, JsonKey } from '../dialect.js';
import { genAi } from './gen-ai.js';

const usage = (name: string): JsonKey => ({
  attribute: 'gcp.vertex.agent.llm_response',
  path: ['usageMetadata', name],
});

/** Google's Agent Development Kit, whose attributes leave cached tokens and thoughts to the response, as JSON. */
export const googleAdk: Dialect = {
  ...genAi,
  id: 'google_adk',
  source: '@google/adk@2.0.0',
  markers: ['gen_ai.operation.name', 'gen_ai.usage.input_tokens', 'gen_ai.request.model'],
  scopes: ['gcp.vertex.agent'],
  isWhole: true,
  // `gen_ai.system` is the kit itself, whoever served the model.
  provider: [],
  usage: {
    ...genAi.usage,
    total: [usage('totalTokenCount')],
    cacheReadTokens: [usage('cachedContentTokenCount')],
    reasoningTokens: [usage('thoughtsTokenCount')],
  },
  // Without its content, the response says nothing.
  untoldCaching: 'counts',
};
