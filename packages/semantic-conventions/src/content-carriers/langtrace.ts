import { type ContentCarrier, noContent } from './content-carrier.js';

/** Langtrace. What it writes of a database, it writes under `db.query` and `db.response`: those are content on its spans only. */
export const langtrace: ContentCarrier = {
  id: 'langtrace',
  source: '@langtrase/typescript-sdk@6.3.7',
  markers: ['langtrace.service.name', 'langtrace.service.type'],
  contentMarks: true,
  content: {
    ...noContent,
    keys: [
      'gen_ai.chat.init_params',
      'gen_ai.cohere.rerank.query',
      'gen_ai.cohere.rerank.results',
      'gen_ai.request.documents',
      'gen_ai.request.embedding_inputs',
      'gen_ai.request.tool_results',
      'llamaindex.inputs',
      'llamaindex.outputs',
    ],
  },
};
