import Anthropic from '@anthropic-ai/sdk';
import { type FakeProvider, recordingProvider, startFakeProvider } from '@llm-otel/testing';
import { expect } from 'chai';
import OpenAI from 'openai';
import { wrapAnthropic, wrapOpenAI } from '../../src/index.js';

const messages = [{ role: 'user' as const, content: 'question' }];
const schema = { type: 'object', properties: {} };
const json = { type: 'json_schema' as const, schema };

describe('attributes of a request that only the GenAI conventions have', () => {
  let fake: FakeProvider;
  before(async () => {
    fake = await startFakeProvider();
  });
  after(() => fake.close());

  const calls: Record<string, [(openai: OpenAI, anthropic: Anthropic) => PromiseLike<unknown>, object]> = {
    'a chat': [
      (openai) =>
        openai.chat.completions.create({
          model: 'gpt-4o',
          messages,
          top_p: 0.9,
          frequency_penalty: 0.1,
          presence_penalty: 0.2,
          seed: 7,
          n: 2,
          reasoning_effort: 'low',
          stop: ['CANARY'],
          response_format: { type: 'json_schema', json_schema: { name: 'a', schema } },
        }),
      {
        'gen_ai.request.top_p': 0.9,
        'gen_ai.request.frequency_penalty': 0.1,
        'gen_ai.request.presence_penalty': 0.2,
        'gen_ai.request.seed': 7,
        'gen_ai.request.choice.count': 2,
        'gen_ai.request.reasoning.level': 'low',
        'gen_ai.output.type': 'json',
      },
    ],
    'a chat that asks for nothing of it': [
      (openai) => openai.chat.completions.create({ model: 'gpt-4o', messages, n: 1, top_p: null }),
      {},
    ],
    'a response': [
      (openai) =>
        openai.responses.create({
          model: 'gpt-4o',
          input: 'question',
          reasoning: { effort: 'high' },
          text: { format: { type: 'text' } },
          previous_response_id: 'resp_1',
          conversation: { id: 'conv_1' },
        }),
      {
        'gen_ai.request.reasoning.level': 'high',
        'gen_ai.output.type': 'text',
        'gen_ai.request.previous_response.id': 'resp_1',
        'gen_ai.conversation.id': 'conv_1',
      },
    ],
    embeddings: [
      (openai) =>
        openai.embeddings.create({ model: 'e', input: 'x', dimensions: 256, encoding_format: 'float' }),
      { 'gen_ai.embeddings.dimension.count': 256, 'gen_ai.request.encoding_formats': ['float'] },
    ],
    'an image': [
      (openai) => openai.images.generate({ model: 'i', prompt: 'x', n: 3, response_format: 'b64_json' }),
      { 'gen_ai.output.type': 'image', 'gen_ai.request.choice.count': 3 },
    ],
    speech: [
      (openai) => openai.audio.speech.create({ model: 's', input: 'x', voice: 'alloy' }),
      { 'gen_ai.output.type': 'speech' },
    ],
    'a message': [
      (_, anthropic) =>
        anthropic.messages.create({
          model: 'claude-opus-4-1',
          max_tokens: 10,
          messages,
          // 1.x has no type for it, but sends it.
          ...({ top_k: 40 } as object),
          output_config: { effort: 'medium', format: json },
        }),
      {
        'gen_ai.request.top_k': 40,
        'gen_ai.request.reasoning.level': 'medium',
        'gen_ai.output.type': 'json',
      },
    ],
  };
  const names =
    /^gen_ai\.(output|conversation|embeddings|request\.(?!model$|max_tokens$|temperature$|stream$))/;
  for (const [name, [call, expected]] of Object.entries(calls))
    it(name, async () => {
      const { tracer, spans } = recordingProvider();
      const options = { tracer, conventions: ['gen_ai'] as const };
      await call(
        wrapOpenAI(new OpenAI({ apiKey: 'key', baseURL: fake.openAiBaseUrl }), options),
        wrapAnthropic(new Anthropic({ apiKey: 'key', baseURL: fake.anthropicBaseUrl }), options),
      );
      const told = Object.entries(spans[0]?.attributes ?? {}).filter(([key]) => names.test(key));
      expect(Object.fromEntries(told)).to.deep.equal(expected);
    });
});
