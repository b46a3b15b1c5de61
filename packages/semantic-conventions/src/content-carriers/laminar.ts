import { type ContentCarrier, noContent } from './content-carrier.js';

/** Laminar. */
export const laminar: ContentCarrier = {
  id: 'laminar',
  source: '@lmnr-ai/lmnr@0.8.44',
  markers: ['lmnr.span.type', 'lmnr.span.path'],
  contentMarks: true,
  content: {
    ...noContent,
    keys: [
      'ai.toolCall.error',
      'gen_ai.request.structured_output_schema',
      'lmnr.span.input',
      'lmnr.span.output',
    ],
  },
};
