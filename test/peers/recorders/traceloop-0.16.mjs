import { prepareTraceloop } from '../child/traceloop.mjs';

export const family = 'clients';
// It knows neither.
export const supports = ({ api }) => api !== 'openai-embeddings' && api !== 'openai-responses';

export const prepare = ({ tracerProvider }) =>
  prepareTraceloop(tracerProvider, 'traceloop-openai-0.16', 'traceloop-anthropic-0.16');
