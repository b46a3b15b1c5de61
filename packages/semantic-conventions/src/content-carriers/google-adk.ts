import { type ContentCarrier, noContent } from './content-carrier.js';

/** Google's Agent Development Kit. */
export const googleAdk: ContentCarrier = {
  id: 'google_adk',
  source: '@google/adk@2.0.0',
  markers: ['gcp.vertex.agent.invocation_id'],
  contentMarks: true,
  content: {
    ...noContent,
    keys: [
      'gcp.vertex.agent.data',
      'gcp.vertex.agent.llm_request',
      'gcp.vertex.agent.llm_response',
      'gcp.vertex.agent.tool_call_args',
      'gcp.vertex.agent.tool_response',
    ],
  },
};
