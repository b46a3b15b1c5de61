import type { Dialect } from '../dialect.js';
import { genAi } from './gen-ai.js';

/** Anthropic's client, which makes a span of every request, of models, files and counts as well: calls tell their operation. */
export const anthropicSdk: Dialect = {
  ...genAi,
  id: 'anthropic_sdk',
  source: '@anthropic-ai/sdk@1.14.0',
  scopes: ['com.anthropic.sdk.typescript'],
  isWhole: true,
  operation: { ...genAi.operation, isRequired: true },
  surplus: {
    inputTokens: 'anthropic.usage.compaction.input_tokens',
    outputTokens: 'anthropic.usage.compaction.output_tokens',
  },
};
