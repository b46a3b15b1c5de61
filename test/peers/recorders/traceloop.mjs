import { prepareTraceloop } from '../child/traceloop.mjs';

export const family = 'clients';

export const prepare = ({ tracerProvider }) =>
  prepareTraceloop(tracerProvider, '@traceloop/instrumentation-openai', '@traceloop/instrumentation-anthropic');
