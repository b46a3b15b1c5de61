import { type ContentCarrier, noContent } from './content-carrier.js';

/** PromptLayer. */
export const promptLayer: ContentCarrier = {
  id: 'promptlayer',
  source: 'promptlayer@1.3.6',
  markers: ['openai_agents.span_type'],
  contentMarks: true,
  content: {
    ...noContent,
    keys: [
      'function_input',
      'function_output',
      'openai_agents.agent.tools_json',
      'openai_agents.custom.data_json',
      'openai_agents.error_json',
      'openai_agents.function.input',
      'openai_agents.function.mcp_data_json',
      'openai_agents.function.output',
      'openai_agents.generation.raw_input_json',
      'openai_agents.generation.raw_output_json',
      'openai_agents.raw_json',
      'openai_agents.response.raw_json',
    ],
    mixedJsonKeys: ['openai_agents.model_config_json'],
  },
};
