import { type ContentCarrier, noContent } from './content-carrier.js';

/** AgentOps, which writes spans of OpenAI's Agents under plain names. */
export const agentOps: ContentCarrier = {
  id: 'agentops',
  source: 'agentops@0.1.0',
  markers: [],
  contentMarks: false,
  content: {
    ...noContent,
    keys: [
      'audio.input.data',
      'audio.output.data',
      'function.input',
      'function.output',
      'gen_ai.event.content.completion',
      'gen_ai.event.content.prompt',
      'gen_ai.message.content',
      'gen_ai.message.function_call.arguments',
      'gen_ai.message.tool_calls',
      'gen_ai.system_prompt',
      'mcp.tools.result',
      'response.input',
    ],
    prefixes: ['gen_ai.request.tools.'],
    safeKeys: ['gen_ai.request.tools.*.id', 'gen_ai.request.tools.*.name', 'gen_ai.request.tools.*.type'],
  },
};
