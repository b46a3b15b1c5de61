import { type ContentCarrier, noContent } from './content-carrier.js';

/** LangSmith's client, where it sends by OpenTelemetry. */
export const langSmith: ContentCarrier = {
  id: 'langsmith',
  source: 'langsmith@0.12.0',
  markers: ['langsmith.span.kind', 'langsmith.span.id'],
  contentMarks: true,
  content: {
    ...noContent,
    keys: [
      'ai.toolCall.input',
      'ai.toolCall.output',
      'gen_ai.request.extra_body',
      'gen_ai.request.extra_query',
      'gen_ai.serialized.doc',
      'gen_ai.serialized.signature',
      'langsmith.request.headers',
    ],
  },
};
