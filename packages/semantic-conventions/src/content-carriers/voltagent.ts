import { type ContentCarrier, noContent } from './content-carrier.js';

/** VoltAgent, whose names are those that any agent might use. */
export const voltAgent: ContentCarrier = {
  id: 'voltagent',
  source: '@voltagent/core@2.10.0',
  markers: ['voltagent.conversation_id', 'voltagent.label', 'voltagent.operation_id', 'voltagent.type'],
  contentMarks: false,
  content: {
    ...noContent,
    keys: [
      'agent.context',
      'agent.instructions',
      'agent.messages',
      'agent.messages.ui',
      'agent.state',
      'agent.stateSnapshot',
      'agent.summary.preview',
      'agent.summary.text',
      'agent.workingMemory.content',
      'agent.workingMemory.finalContent',
      'ai.model.stop_sequences',
      'guardrail.message',
      'llm.messages',
      'llm.provider_options',
      'llm.stop_condition',
      'tool.search.candidates',
      'tool.search.query',
    ],
    // Applications write it.
    safeKeys: ['llm.messages.count'],
  },
};
