import { recordingProvider } from '@llm-otel/testing';
import { expect } from 'chai';
import { openAiChat } from '../../src/apis/openai-chat.js';
import { traceLlmCall } from '../../src/index.js';

const { tracer } = recordingProvider();
const bearsContent = (delta: object) =>
  traceLlmCall({ provider: 'openai', model: 'gpt-4o', tracer }, async (call) =>
    openAiChat.chunkReader(call).read({ choices: [{ index: 0, delta }] }),
  );

describe('openAiChat', () => {
  const withContent = {
    text: { content: 'a' },
    'a tool call': { tool_calls: [{ index: 0, function: { name: 'search' } }] },
    'a refusal': { refusal: 'no' },
    'reasoning, as DeepSeek has it': { content: null, reasoning_content: 'so' },
    'reasoning, as OpenRouter has it': { content: '', reasoning: 'so' },
    audio: { audio: { data: 'x' } },
  };
  for (const [name, delta] of Object.entries(withContent))
    it(`counts ${name} as content`, async () => expect(await bearsContent(delta)).to.equal(true));

  const without = {
    'a role': { role: 'assistant', content: '' },
    nothing: {},
    'no tool calls': { tool_calls: [] },
  };
  for (const [name, delta] of Object.entries(without))
    it(`does not count ${name} as content`, async () => expect(await bearsContent(delta)).to.equal(false));

  it('measures system messages that are strings or parts', () => {
    const messages = [
      { role: 'system', content: 'abc' },
      { role: 'developer', content: [{ type: 'text', text: 'de' }, { type: 'image_url' }] },
      { role: 'user', content: 'question' },
    ];
    expect(openAiChat.readRequest({ messages, max_tokens: 5 })).to.deep.include({
      messageCount: 3,
      systemLength: 5,
      maxTokens: 5,
    });
  });
});
