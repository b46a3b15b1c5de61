import { LlmCostSpanProcessor } from '@llm-otel/cost-span-processor';
import { recordingProvider } from '@llm-otel/testing';
import { expect } from 'chai';
import { openAiChat } from '../../src/apis/openai-chat.js';
import { type LlmConvention, traceLlmCall } from '../../src/index.js';

/** The attributes of a chat whose response tells this usage. */
async function attributesOf(usage: object, conventions: readonly LlmConvention[]) {
  const { tracer, spans } = recordingProvider([new LlmCostSpanProcessor()]);
  const options = { provider: 'openai', model: 'gpt-4o-audio-preview', tracer, conventions };
  await traceLlmCall(options, async (call) => openAiChat.readResponse({ choices: [], usage }, call));
  expect(spans).to.have.length(1);
  return spans[0]?.attributes ?? {};
}

const usageWithAudio = (input: number, output: number) => ({
  prompt_tokens: 1000,
  completion_tokens: 300,
  prompt_tokens_details: { audio_tokens: input },
  completion_tokens_details: { audio_tokens: output },
});

describe('audio tokens of OpenAI', () => {
  for (const [convention, input, output] of [
    ['llm', 'llm.tokens.input_audio', 'llm.tokens.output_audio'],
    ['gen_ai', 'gen_ai.usage.audio.input_tokens', 'gen_ai.usage.audio.output_tokens'],
  ] as const) {
    it(`are recorded separately, because they have their own price, with the names of ${convention}`, async () => {
      const attributes = await attributesOf(usageWithAudio(900, 250), [convention]);
      expect(attributes).to.include({ [input]: 900, [output]: 250, 'llm.cost_usd': 0.05675 });
    });

    it(`are omitted if there are none, with the names of ${convention}`, async () => {
      const attributes = await attributesOf(usageWithAudio(0, 0), [convention]);
      expect(attributes).to.include({ 'llm.cost_usd': 0.0055 });
      expect(Object.keys(attributes).filter((key) => key.includes('audio'))).to.deep.equal([]);
    });
  }
});
