import { completeDialect } from '../complete-dialect.js';
import type { Dialect, JsonKey } from '../dialect.js';

const output = (...path: string[]): JsonKey => ({ attribute: 'genkit:output', path });
const usage = (...path: string[]) => output('usage', ...path);

const otherActions = [
  'agent',
  'agent-abort',
  'agent-snapshot',
  'cancel-operation',
  'check-operation',
  'custom',
  'dynamic-action-provider',
  'evaluator',
  'executable-prompt',
  'flow',
  'indexer',
  'prompt',
  'reranker',
  'resource',
  'retriever',
  'tool',
  'tool.v2',
  'util',
];

/** Google's Genkit. The counts are in the action's output, as JSON. */
export const genkit: Dialect = completeDialect({
  id: 'genkit',
  source: '@genkit-ai/core, google-genai, anthropic and compat-oai @1.42.0',
  markers: ['genkit:metadata:subtype'],
  // For example `googleai/gemini-2.5-flash`.
  model: ['genkit:name'],
  operation: {
    keys: ['genkit:metadata:subtype'],
    kinds: {
      ...Object.fromEntries(otherActions.map((action) => [action, undefined])),
      model: 'inference',
      embedder: 'embedding',
    },
    isRequired: true,
  },
  serviceTier: [output('raw', 'service_tier'), output('raw', 'usage', 'service_tier')],
  usage: {
    inputTokens: [usage('inputTokens')],
    outputTokens: [usage('outputTokens')],
    total: [usage('totalTokens')],
    cacheReadTokens: [
      usage('cachedContentTokens'),
      usage('custom', 'cache_read_input_tokens'),
      output('raw', 'usage', 'prompt_tokens_details', 'cached_tokens'),
    ],
    cacheWriteTokens: [usage('custom', 'cache_creation_input_tokens')],
    cacheWrite1hTokens: [usage('custom', 'ephemeral_1h_input_tokens')],
    reasoningTokens: [
      usage('thoughtsTokens'),
      output('raw', 'usage', 'completion_tokens_details', 'reasoning_tokens'),
    ],
  },
  inputIncludesCached: { anthropic: 'no', others: 'yes' },
  untoldCaching: 'life',
});
