import { prepareTraceloop } from '../child/traceloop.mjs';

export const family = 'clients';

export const prepare = ({ tracerProvider }) =>
  prepareTraceloop(tracerProvider, 'traceloop-openai-0.16', 'traceloop-anthropic-0.16');
