import { type ContentCarrier, noContent } from './content-carrier.js';

/** Future AGI's TraceAI, which otherwise has OpenInference's names. */
export const traceAi: ContentCarrier = {
  id: 'trace_ai',
  source: '@traceai/fi-semantic-conventions@0.1.10',
  markers: ['fi.span.kind'],
  // Any pipeline may have a raw input.
  contentMarks: false,
  content: { ...noContent, keys: ['raw.input', 'raw.output'] },
};
