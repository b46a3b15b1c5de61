import { type ContentCarrier, noContent } from './content-carrier.js';

/** eve. Its steps also have attributes of the AI SDK's, in its own spelling. */
export const eve: ContentCarrier = {
  id: 'eve',
  source: 'eve@0.80.1',
  markers: ['agent.framework.name', 'agent.trace.schema.version'],
  contentMarks: true,
  content: {
    ...noContent,
    keys: [
      'agent.approval.request',
      'agent.approval.response',
      'agent.channel.delivery.input',
      'agent.session.title',
      'ai.response.tool_calls',
      'ai.response.tool_results',
    ],
  },
};
