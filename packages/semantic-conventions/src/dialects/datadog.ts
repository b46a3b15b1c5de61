import type { Dialect } from '../dialect.js';
import { genAi } from './gen-ai.js';

/** Datadog's LLM Observability, whose spans also have names of their own. */
export const datadog: Dialect = {
  ...genAi,
  id: 'datadog',
  source: 'dd-trace@5.132.0',
  markers: ['_ml_obs.meta.model_name', '_ml_obs.meta.model_provider'],
  model: [...genAi.model, '_ml_obs.meta.model_name'],
  provider: [...genAi.provider, '_ml_obs.meta.model_provider'],
};
