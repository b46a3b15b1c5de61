import { type FakeReply, recordingProvider, startFakeProvider } from '@llm-otel/testing';
import type { Attributes } from '@opentelemetry/api';
import { expect } from 'chai';
import OpenAI, { toFile } from 'openai';
import type { OpenAI as OpenAI7 } from 'openai-7';
import { type WrapOpenAIOptions, wrapOpenAI } from '../../src/index.js';
import { expectSuccess, onlySpan } from '../support/spans.js';

interface Case {
  readonly call: (client: OpenAI) => Promise<unknown>;
  readonly name: string;
  readonly attributes: Attributes;
}

const tokens = { 'llm.tokens.input': 20, 'llm.tokens.output': 8, 'llm.tokens.total': 28 };
const streamed = (chunks: number) => ({ 'llm.streaming': true, 'llm.chunks': chunks });
const response = {
  'llm.model': 'gpt-4o',
  'llm.prompt.message_count': 1,
  'llm.prompt.system_length': 0,
  'llm.response.length': 29,
  'llm.service_tier': 'default',
  'llm.stop_reason': 'completed',
  'llm.tokens.cache_read': 0,
  'llm.tokens.cache_write': 0,
  'llm.tokens.reasoning': 0,
  ...tokens,
};
const audio = () => toFile(Buffer.from('RIFF'), 'speech.wav');
const image = () => toFile(Buffer.from('PNG'), 'image.png', { type: 'image/png' });

async function collect(stream: AsyncIterable<unknown>): Promise<unknown[]> {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

const cases: Record<string, Case> = {
  'completions.create': {
    call: (client) =>
      client.completions.create({ model: 'davinci-002', prompt: 'p', max_tokens: 9, temperature: 0.5 }),
    name: 'text_completion davinci-002',
    attributes: {
      'llm.model': 'davinci-002',
      'llm.max_tokens': 9,
      'llm.temperature': 0.5,
      'llm.streaming': false,
      'llm.response.length': 29,
      'llm.stop_reason': 'stop',
      ...tokens,
    },
  },
  'completions.create, streamed': {
    call: async (client) =>
      collect(await client.completions.create({ model: 'davinci-002', prompt: 'p', stream: true })),
    name: 'text_completion davinci-002',
    attributes: {
      'llm.model': 'davinci-002',
      'llm.response.length': 29,
      'llm.stop_reason': 'stop',
      ...streamed(6),
    },
  },
  'images.generate': {
    call: (client) => client.images.generate({ model: 'gpt-image-1', prompt: 'p' }),
    name: 'generate_content gpt-image-1',
    attributes: { 'llm.model': 'gpt-image-1', 'llm.streaming': false, ...tokens },
  },
  'images.generate, streamed': {
    call: async (client) =>
      collect(await client.images.generate({ model: 'gpt-image-1', prompt: 'p', stream: true })),
    name: 'generate_content gpt-image-1',
    attributes: { 'llm.model': 'gpt-image-1', ...streamed(2), ...tokens },
  },
  'images.edit': {
    call: async (client) => client.images.edit({ model: 'gpt-image-1', prompt: 'p', image: await image() }),
    name: 'generate_content gpt-image-1',
    attributes: { 'llm.model': 'gpt-image-1', 'llm.streaming': false, ...tokens },
  },
  'images.edit, streamed': {
    call: async (client) =>
      collect(
        await client.images.edit({ model: 'gpt-image-1', prompt: 'p', image: await image(), stream: true }),
      ),
    name: 'generate_content gpt-image-1',
    attributes: { 'llm.model': 'gpt-image-1', ...streamed(2), ...tokens },
  },
  'images.createVariation': {
    call: async (client) => client.images.createVariation({ image: await image() }),
    name: 'generate_content',
    attributes: { 'llm.streaming': false, ...tokens },
  },
  'audio.transcriptions.create': {
    call: async (client) =>
      client.audio.transcriptions.create({ model: 'gpt-4o-transcribe', file: await audio() }),
    name: 'generate_content gpt-4o-transcribe',
    attributes: {
      'llm.model': 'gpt-4o-transcribe',
      'llm.streaming': false,
      'llm.response.length': 29,
      ...tokens,
    },
  },
  'audio.transcriptions.create, as text': {
    call: async (client) =>
      client.audio.transcriptions.create({
        model: 'whisper-1',
        file: await audio(),
        response_format: 'text',
      }),
    name: 'generate_content whisper-1',
    attributes: { 'llm.model': 'whisper-1', 'llm.streaming': false, 'llm.response.length': 29 },
  },
  'audio.transcriptions.create, streamed': {
    call: async (client) =>
      collect(
        await client.audio.transcriptions.create({
          model: 'gpt-4o-transcribe',
          file: await audio(),
          stream: true,
        }),
      ),
    name: 'generate_content gpt-4o-transcribe',
    attributes: { 'llm.model': 'gpt-4o-transcribe', 'llm.response.length': 29, ...streamed(6), ...tokens },
  },
  'audio.translations.create': {
    call: async (client) => client.audio.translations.create({ model: 'whisper-1', file: await audio() }),
    name: 'generate_content whisper-1',
    attributes: { 'llm.model': 'whisper-1', 'llm.streaming': false, 'llm.response.length': 29 },
  },
  'audio.speech.create': {
    call: async (client) =>
      (await client.audio.speech.create({ model: 'tts-1', voice: 'alloy', input: 'i' })).text(),
    name: 'generate_content tts-1',
    attributes: { 'llm.model': 'tts-1' },
  },
  'beta.responses.create': {
    call: (client) => client.beta.responses.create({ model: 'gpt-4o', input: 'i' }),
    name: 'chat gpt-4o',
    attributes: { 'llm.streaming': false, ...response },
  },
  'beta.responses.create, streamed': {
    call: async (client) =>
      collect(await client.beta.responses.create({ model: 'gpt-4o', input: 'i', stream: true })),
    name: 'chat gpt-4o',
    attributes: { ...response, ...streamed(13) },
  },
  'decisions.create': {
    call: (client) =>
      (client as OpenAI & Pick<OpenAI7, 'decisions'>).decisions.create({
        model: 'gpt-6-luna',
        input: [
          { role: 'system', content: 'sys' },
          { role: 'user', content: 'i' },
        ],
        questions: [{ type: 'predicate', name: 'spam', instructions: 'Is it spam?' }],
      }),
    name: 'generate_content gpt-6-luna',
    attributes: {
      'llm.model': 'gpt-6-luna',
      'llm.prompt.message_count': 2,
      'llm.prompt.system_length': 3,
      'llm.tokens.cache_read': 0,
      'llm.tokens.cache_write': 0,
      'llm.tokens.reasoning': 0,
      ...tokens,
    },
  },
  'moderations.create': {
    call: (client) => client.moderations.create({ input: 'i' }),
    name: 'moderation',
    attributes: { 'llm.model': 'omni-moderation-latest' },
  },
};

const clientOf = (name: string) => (require(name) as { readonly OpenAI: typeof OpenAI }).OpenAI;
const lines = { 'openai 6': OpenAI, 'openai 5': clientOf('openai-5'), 'openai 7': clientOf('openai-7') };

for (const [line, Client] of Object.entries(lines))
  describe(`wrapOpenAI, ${line}`, () => {
    for (const [title, { call, name, attributes }] of Object.entries(cases)) {
      // Since openai 6.
      if (title.startsWith('beta.') && line === 'openai 5') continue;
      // Since openai 7.
      if (title.startsWith('decisions.') && line !== 'openai 7') continue;
      const run = async (reply: FakeReply, options?: WrapOpenAIOptions) => {
        const fake = await startFakeProvider();
        fake.enqueue(reply);
        const client = new Client({
          apiKey: 'key',
          baseURL: fake.openAiBaseUrl,
          maxRetries: 1,
          logLevel: 'off',
        });
        try {
          const outcome = await call(options === undefined ? client : wrapOpenAI(client, options)).catch(
            (error: Error) => ({ error: error.constructor, message: error.message }),
          );
          return { outcome, bodies: fake.requests.map(({ path, body }) => ({ path, body })) };
        } finally {
          await fake.close();
        }
      };

      it(`traces ${title}, with the same result as unwrapped`, async () => {
        const { tracer, spans } = recordingProvider();
        expect(await run({}, { tracer })).to.deep.equal(await run({}));
        const span = onlySpan(spans);
        expect(span.name).to.equal(name);
        expectSuccess(span, {
          'llm.provider': 'openai',
          'llm.success': true,
          'llm.retry_count': 0,
          ...attributes,
        });
      });

      it(`records that ${title} failed`, async () => {
        const { tracer, spans } = recordingProvider();
        const error = { status: 400, message: 'refused' };
        expect(await run({ error }, { tracer })).to.deep.equal(await run({ error }));
        expect(onlySpan(spans).attributes).to.include({
          'llm.success': false,
          'llm.error.type': 'invalid_request',
        });
      });
    }
  });
