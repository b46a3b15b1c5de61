import type { Dialect, JsonKey } from '../dialect.js';
import { genAi } from './gen-ai.js';

const usage = (name: string): JsonKey => ({
  attribute: 'gcp.vertex.agent.llm_response',
  path: ['usageMetadata', name],
});

/** Google's Agent Development Kit. Cached tokens and thoughts are not in attributes, only in the response, as JSON. */
export const googleAdk: Dialect = {
  ...genAi,
  id: 'google_adk',
  source: '@google/adk@2.0.0',
  markers: ['gen_ai.operation.name', 'gen_ai.usage.input_tokens', 'gen_ai.request.model'],
  scopes: ['gcp.vertex.agent'],
  isWhole: true,
  // `gen_ai.system` is the kit itself, not the provider that served the model.
  provider: [],
  usage: {
    ...genAi.usage,
    total: [usage('totalTokenCount')],
    cacheReadTokens: [usage('cachedContentTokenCount')],
    reasoningTokens: [usage('thoughtsTokenCount')],
  },
  // Without content, the response is empty.
  untoldCaching: 'counts',
};
