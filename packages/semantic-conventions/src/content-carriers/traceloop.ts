import { type ContentCarrier, noContent } from './content-carrier.js';

/** Traceloop (OpenLLMetry), old and new. */
export const traceloop: ContentCarrier = {
  id: 'traceloop',
  source: '@traceloop/ai-semantic-conventions@0.16.0 and @0.27.0, @traceloop/instrumentation-pinecone@0.27.0',
  markers: ['traceloop.span.kind', 'traceloop.entity.name', 'traceloop.workflow.name', 'llm.request.type'],
  contentMarks: true,
  content: {
    ...noContent,
    keys: [
      'traceloop.entity.input',
      'traceloop.entity.output',
      'traceloop.prompt.template',
      // LangChain's own metadata, copied: the stop sequences and the request's parameters.
      'traceloop.association.properties.ls_stop',
      'traceloop.association.properties.ls_invocation_params',
      'gen_ai.guardrail.input',
      'gen_ai.guardrail.output',
      'gen_ai.guardrail.error.message',
      'gen_ai.response.revised_prompt',
      'llm.chat.stop_sequences',
      'mcp.response.value',
    ],
    prefixes: [
      'traceloop.prompt.template_variables.',
      'llm.completions.',
      'llm.request.functions.',
      'db.query.embeddings.',
      'db.query.result.',
      'db.vector.query.embeddings.',
      'db.vector.query.result.',
    ],
    safeKeys: [
      'llm.completions.*.finish_reason',
      'llm.completions.*.role',
      'llm.request.functions.*.name',
      'db.vector.query.result.namespace',
      'db.vector.query.result.read_units',
      'db.vector.query.result.matches_length',
    ],
    // Pinecone's have a number, and what was stored with a document: its text.
    events: ['logprobs', 'db.query.embeddings', 'db.query.result', 'pinecone.query.result.'],
  },
};
