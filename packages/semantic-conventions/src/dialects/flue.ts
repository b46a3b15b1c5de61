import type { Dialect } from '../dialect.js';
import { genAi } from './gen-ai.js';

/** Flue. Operations other than prompts, which also have the counts of their calls, have no operation of the conventions. */
export const flue: Dialect = {
  ...genAi,
  id: 'flue',
  source: '@flue/opentelemetry@2.1.0',
  scopes: ['@flue/opentelemetry'],
  isWhole: true,
  operation: { ...genAi.operation, isRequired: true },
  untoldTier: true,
};
