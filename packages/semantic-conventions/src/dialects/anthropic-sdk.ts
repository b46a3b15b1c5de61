import type { Dialect } from '../dialect.js';
import { genAi } from './gen-ai.js';

/** Anthropic's client, which creates a span for every request, for models, files and counts as well: those of calls have an operation. */
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
