import type { Dialect } from '../dialect.js';
import { genAi } from './gen-ai.js';

/** Strands Agents, under whatever name the service has: its scope and its provider are that. */
export const strands: Dialect = {
  ...genAi,
  id: 'strands',
  source: '@strands-agents/sdk@1.19.0',
  markers: ['gen_ai.event.start_time'],
  isWhole: true,
  provider: [],
  operation: { ...genAi.operation, isRequired: true },
  // As the model's client reports: Anthropic's and Bedrock's apart, the AI SDK's with the input.
  inputIncludesCached: { anthropic: 'unknown', others: 'yes' },
};
