import { type ContentCarrier, noContent } from './content-carrier.js';

/** Promptfoo, with the spans of the Codex that it runs. */
export const promptfoo: ContentCarrier = {
  id: 'promptfoo',
  source: 'promptfoo@0.123.1',
  markers: ['promptfoo.provider.id'],
  contentMarks: false,
  content: {
    ...noContent,
    keys: [
      'codex.command',
      'codex.error',
      'codex.mcp.input',
      'codex.message',
      'codex.output',
      'codex.reasoning',
      'codex.search.query',
      'gen_ai.tool.call.args',
      'promptfoo.prompt.label',
      'promptfoo.request.body',
      'promptfoo.response.body',
      'tool.arguments',
      'tool.input',
      'tool.output',
    ],
    safeKeys: ['codex.reasoning.count'],
  },
};
