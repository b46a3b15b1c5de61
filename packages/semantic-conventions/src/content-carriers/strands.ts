import { type ContentCarrier, noContent } from './content-carrier.js';

/** Strands Agents. */
export const strands: ContentCarrier = {
  id: 'strands',
  source: '@strands-agents/sdk@1.16.0',
  markers: ['gen_ai.agent.node_type'],
  contentMarks: true,
  content: {
    ...noContent,
    keys: ['gen_ai.agent.input'],
    events: ['gen_ai.message', 'memory.content', 'memory.query', 'memory.results'],
  },
};
