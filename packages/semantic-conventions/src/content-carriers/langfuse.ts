import { type ContentCarrier, noContent } from './content-carrier.js';

/** Langfuse's own instrumentations. */
export const langfuse: ContentCarrier = {
  id: 'langfuse',
  source: '@langfuse/core, tracing, openai and langchain @5.11.1',
  markers: ['langfuse.observation.type', 'langfuse.observation.model.name'],
  contentMarks: true,
  content: {
    ...noContent,
    keys: [
      'langfuse.trace.name',
      'langfuse.trace.input',
      'langfuse.trace.output',
      'langfuse.observation.input',
      'langfuse.observation.output',
      'langfuse.observation.status_message',
      // Metadata that is no object comes under the bare key; by key it is the application's own and stays…
      'langfuse.trace.metadata',
      'langfuse.observation.metadata',
      // …save for what observeOpenAI and the LangChain handler put there by themselves.
      'langfuse.observation.metadata.error',
      'langfuse.observation.metadata.instructions',
      'langfuse.observation.metadata.response_format',
      'langfuse.observation.metadata.tools',
      'langfuse.observation.metadata.ls_stop',
      'langfuse.observation.metadata.ls_invocation_params',
      'langfuse.experiment.metadata',
      'langfuse.experiment.item.expected_output',
      'langfuse.experiment.item.metadata',
    ],
    mixedJsonKeys: ['langfuse.observation.model.parameters'],
  },
};
