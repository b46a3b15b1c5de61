import { type ContentCarrier, noContent } from './content-carrier.js';

/** Microsoft's distribution, and its observability of agents. */
export const microsoft: ContentCarrier = {
  id: 'microsoft',
  source: '@microsoft/opentelemetry@1.4.0, @microsoft/agents-a365-observability@1.0.0',
  markers: ['microsoft.a365.agent.blueprint.id'],
  contentMarks: true,
  content: {
    ...noContent,
    keys: [
      // Of Azure's clients, in events.
      'gen_ai.event.content',
      'gen_ai.execution.payload',
      'gen_ai.request.content',
      'gen_ai.response.content',
      'microsoft.a365.agent.thought.process',
      'microsoft.security.content.input.value',
      'microsoft.security.content.output.value',
      'microsoft.security.decision.reason',
    ],
  },
};
