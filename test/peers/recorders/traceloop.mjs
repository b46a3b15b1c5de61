import { prepareTraceloop } from '../child/traceloop.mjs';

export const family = 'clients';
// It does not know embeddings.
export const supports = ({ api }) => api !== 'openai-embeddings';

export const prepare = ({ tracerProvider }) =>
  prepareTraceloop(
    tracerProvider,
    '@traceloop/instrumentation-openai',
    '@traceloop/instrumentation-anthropic',
  );
