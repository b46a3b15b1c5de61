import { type ContentCarrier, noContent } from './content-carrier.js';

/** Inkeep's agents, beside what the AI SDK writes for them. */
export const inkeep: ContentCarrier = {
  id: 'inkeep',
  source: '@inkeep/agents-core@0.80.6',
  markers: [],
  contentMarks: false,
  content: {
    ...noContent,
    keys: [
      'ai.response.content',
      'mcp.tool.description',
      'message.content',
      'message.parts',
      'tool.approval.reason',
      'tool.purpose',
      'tool.response.content',
    ],
    // What others write below these names.
    safeKeys: ['message.content.length', 'message.parts.count'],
  },
};
