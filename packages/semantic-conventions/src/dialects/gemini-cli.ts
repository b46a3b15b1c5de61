import type { Dialect } from '../dialect.js';
import { genAi } from './gen-ai.js';

/** Gemini CLI, also when its core is used as a library. */
export const geminiCli: Dialect = {
  ...genAi,
  id: 'gemini_cli',
  source: '@google/gemini-cli-core@0.61.0',
  scopes: ['gemini-cli'],
  isWhole: true,
  operation: {
    ...genAi.operation,
    kinds: {
      agent_call: 'aggregate',
      llm_call: 'inference',
      schedule_tool_calls: undefined,
      system_prompt: undefined,
      tool_call: undefined,
      user_prompt: undefined,
    },
  },
  untoldCaching: 'counts',
  inexact: [{ because: 'leaves thoughts out of the output' }],
};
