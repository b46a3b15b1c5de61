import type { Dialect } from '../dialect.js';
import { genAi } from './gen-ai.js';

/** Strands Agents. Its scope and its provider are the name of the service. */
export const strands: Dialect = {
  ...genAi,
  id: 'strands',
  source: '@strands-agents/sdk@1.19.0',
  markers: ['gen_ai.event.start_time'],
  isWhole: true,
  provider: [],
  operation: { ...genAi.operation, isRequired: true },
  // As reported by the model's client: Anthropic's and Bedrock's exclude cached tokens, the AI SDK includes them.
  inputIncludesCached: { anthropic: 'unknown', others: 'yes' },
};
