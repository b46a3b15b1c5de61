import { type ContentCarrier, noContent } from './content-carrier.js';

const spanTypes: readonly string[] = [
  'agent_run',
  'agent_signal',
  'classifier_evaluation',
  'client_tool_call',
  'generic',
  'graph_action',
  'mapping',
  'mcp_server_request',
  'mcp_tool_call',
  'memory_operation',
  'model_chunk',
  'model_generation',
  'model_inference',
  'model_step',
  'processor_run',
  'provider_tool_call',
  'rag_action',
  'rag_embedding',
  'rag_ingestion',
  'rag_vector_operation',
  'scorer_run',
  'scorer_step',
  'skill_action',
  'skill_resolution',
  'tool_call',
  'workflow_conditional',
  'workflow_conditional_eval',
  'workflow_loop',
  'workflow_parallel',
  'workflow_run',
  'workflow_sleep',
  'workflow_step',
  'workflow_wait_event',
  'workspace_action',
];

/** Of versions before it named them so, as OpenInference reads them. */
const olderKeys: readonly string[] = [
  'agent.generate.argument.0',
  'agent.getMostRecentUserMessage.result',
  'agent.stream.argument.0',
];

/** Mastra, which names its attributes by the type of the span. */
export const mastra: ContentCarrier = {
  id: 'mastra',
  source:
    '@mastra/otel-exporter@1.4.0, @mastra/core@1.71.0, @mastra/observability@1.17.9; older keys: @arizeai/openinference-mastra@3.0.8',
  markers: ['mastra.span.type'],
  contentMarks: true,
  content: {
    ...noContent,
    keys: [
      ...olderKeys,
      // The response, written as the application's metadata.
      'mastra.metadata.body',
      ...spanTypes.flatMap((type) => [
        `mastra.${type}.entry_description`,
        `mastra.${type}.entry_metadata`,
        `mastra.${type}.input`,
        `mastra.${type}.output`,
        `mastra.${type}.result`,
      ]),
    ],
    mixedJsonKeys: ['mastra.metadata.providerMetadata'],
  },
};
