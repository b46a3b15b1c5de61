import { type ContentCarrier, noContent } from './content-carrier.js';

/** Datadog's LLM Observability. */
export const datadog: ContentCarrier = {
  id: 'datadog',
  source: 'dd-trace@5.132.0',
  markers: ['_ml_obs.meta.model_name', '_ml_obs.meta.model_provider'],
  contentMarks: true,
  content: {
    ...noContent,
    prefixes: ['_ml_obs.meta.'],
    safeKeys: ['_ml_obs.meta.model_name', '_ml_obs.meta.model_provider'],
  },
};
