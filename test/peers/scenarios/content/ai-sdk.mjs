import { z } from 'zod';
import { canary } from '../canaries.mjs';
import { modelOf, TOOL } from '../replies.mjs';

const reply = `Hello ${canary('Reply')}, here is the answer.`;

export const scenarios = [
  {
    name: 'openai-chat-object-streamed',
    api: 'openai-chat',
    replies: [{ text: JSON.stringify({ answer: canary('StreamedObject') }) }],
    run: async (sdk) => {
      const result = sdk.ai.streamObject({ ...call(sdk), schema: z.object({ answer: z.string() }) });
      for await (const part of result.fullStream) void part;
    },
  },
  {
    name: 'openai-chat-object-invalid',
    api: 'openai-chat',
    // The error that the SDK throws quotes it.
    replies: [{ text: `{"answer": ${canary('UnparsableReply')}` }],
    fails: true,
    run: (sdk) => sdk.ai.generateObject({ ...call(sdk), schema: z.object({ answer: z.string() }) }),
  },
  {
    name: 'openai-chat-tool-error',
    api: 'openai-chat',
    replies: [
      { toolCalls: [{ name: TOOL, arguments: JSON.stringify({ order: canary('ToolArguments') }) }] },
      { text: reply },
    ],
    fails: true,
    run: (sdk) =>
      sdk.ai.generateText({
        ...call(sdk),
        tools: {
          [TOOL]: sdk.ai.tool({
            [sdk.major === 4 ? 'parameters' : 'inputSchema']: z.object({ order: z.string() }),
            execute: async () => {
              throw new Error(`No order ${canary('ToolError')}`);
            },
          }),
        },
        toolChoice: { type: 'tool', toolName: TOOL },
        ...(sdk.major === 4 ? { maxSteps: 2 } : { stopWhen: sdk.ai.stepCountIs(2) }),
      }),
  },
  {
    name: 'anthropic-reasoning-streamed',
    api: 'anthropic',
    replies: [{ text: reply, reasoning: `Let me think ${canary('StreamedThinking')} first.` }],
    run: async (sdk) => {
      const providerOptions = { anthropic: { thinking: { type: 'enabled', budgetTokens: 2000 } } };
      const model = sdk.anthropic(modelOf('anthropic').requested);
      const result = sdk.ai.streamText({ ...call(sdk), model, providerOptions });
      for await (const part of result.fullStream) void part;
    },
  },
];

function call(sdk) {
  return {
    model: sdk.openAi.chat(modelOf('openai-chat').requested),
    prompt: `Question ${canary('Prompt')}`,
    maxRetries: 0,
    ...sdk.telemetry(),
  };
}
