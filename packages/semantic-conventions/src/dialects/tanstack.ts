import type { Dialect } from '../dialect.js';
import { genAi } from './gen-ai.js';
import { genAiLegacy } from './gen-ai-legacy.js';

/** TanStack AI, with the application's own tracer. It passes on the provider's own count. */
export const tanStack: Dialect = {
  ...genAi,
  id: 'tanstack',
  source: '@tanstack/ai@0.58.0, @tanstack/ai-anthropic@0.18.11',
  markers: ['tanstack.ai.iteration', 'tanstack.ai.iterations'],
  isWhole: true,
  provider: genAiLegacy.provider,
  inputIncludesCached: { anthropic: 'no', others: 'yes' },
};
