import { type ContentCarrier, noContent } from './content-carrier.js';

/**
 * AWS's distribution. What OpenAI's Agents report and the conventions have no name for, it writes as
 * `open_ai.<type>.<field>`. Up to 0.10, it moved the content of others' spans to log records, with these keys in their bodies.
 */
export const awsDistro: ContentCarrier = {
  id: 'aws_distro',
  source:
    '@aws/aws-distro-opentelemetry-node-autoinstrumentation@0.13.0 and 0.10.0, @openai/agents-core@0.20.0',
  markers: [],
  contentMarks: true,
  content: {
    ...noContent,
    keys: ['input.messages', 'output.messages'],
    prefixes: ['open_ai.'],
    safeKeys: [
      'open_ai.agent.handoffs',
      'open_ai.custom.name',
      'open_ai.guardrail.name',
      'open_ai.guardrail.triggered',
      'open_ai.handoff.from_agent',
      'open_ai.handoff.to_agent',
      'open_ai.mcp_tools.result',
      'open_ai.mcp_tools.server',
      'open_ai.turn.turn',
    ],
    mixedJsonKeys: [
      'open_ai.speech.model_config',
      'open_ai.transcription.model_config',
      'open_ai.turn.usage',
    ],
  },
};
