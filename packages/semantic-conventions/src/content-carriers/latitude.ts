import { type ContentCarrier, noContent } from './content-carrier.js';

/** Latitude. */
export const latitude: ContentCarrier = {
  id: 'latitude',
  source: '@latitude-data/telemetry@3.6.0',
  markers: ['latitude.span.kind', 'latitude.capture.name'],
  contentMarks: true,
  content: {
    ...noContent,
    keys: [
      'gen_ai.input.text',
      'gen_ai.output.text',
      'openai.agents.custom.data',
      'openai.agents.function.input',
      'openai.agents.function.mcp_data',
      'openai.agents.function.output',
    ],
    mixedJsonKeys: ['gen_ai.request.config'],
  },
};
