import { type FakeProvider, recordingProvider, startFakeProvider } from '@llm-otel/testing';
import { expect } from 'chai';
import OpenAI, { toFile } from 'openai';
import { wrapOpenAI } from '../../src/index.js';

type Parts = readonly object[];

interface Case {
  readonly call: (client: OpenAI) => Promise<unknown>;
  /** The parts of each message, `undefined` where there is to be no attribute. */
  readonly input?: readonly Parts[];
  readonly output?: readonly Parts[];
  readonly system?: Parts;
}

const text = (content: string) => ({ type: 'text', content });
const given = text('CANARY-IN');
const answered = text('CANARY-OUT.');
const image = { type: 'image' };
const audio = { type: 'audio' };
const binary = (name: string, type: string) => toFile(Buffer.from('CANARY-BYTES'), name, { type });
const picture = () => binary('image.png', 'image/png');
const speech = () => binary('speech.wav', 'audio/wav');
const read = async (stream: Promise<AsyncIterable<unknown>>) => {
  for await (const _ of await stream);
};

let retrieved = 0;

const cases: Record<string, Case> = {
  'completions.create': {
    call: (client) => client.completions.create({ model: 'davinci-002', prompt: ['CANARY-IN', 'two'] }),
    input: [[given], [text('two')]],
    output: [[answered]],
  },
  'completions.create, of tokens': {
    call: (client) => client.completions.create({ model: 'davinci-002', prompt: [1, 2, 3] }),
    input: [],
    output: [[answered]],
  },
  'completions.create, streamed': {
    call: (client) =>
      read(client.completions.create({ model: 'davinci-002', prompt: 'CANARY-IN', stream: true })),
    input: [[given]],
    output: [[answered]],
  },
  'embeddings.create': {
    call: (client) => client.embeddings.create({ model: 'text-embedding-3-small', input: 'CANARY-IN' }),
    input: [[given]],
  },
  'moderations.create': {
    call: (client) =>
      client.moderations.create({
        input: [
          { type: 'text', text: 'CANARY-IN' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,CANARY-BYTES' } },
        ],
      }),
    input: [[given], [{ type: 'image_url' }]],
  },
  'images.generate': {
    call: (client) => client.images.generate({ model: 'dall-e-3', prompt: 'CANARY-IN' }),
    input: [[given]],
    output: [[answered, image]],
  },
  'images.edit, streamed': {
    call: async (client) =>
      read(
        client.images.edit({
          model: 'gpt-image-1',
          prompt: 'CANARY-IN',
          image: [await picture(), await picture()],
          stream: true,
        }),
      ),
    input: [[given, image, image]],
    output: [[image]],
  },
  'images.createVariation': {
    call: async (client) => client.images.createVariation({ image: await picture() }),
    input: [[image]],
    output: [[image]],
  },
  'audio.transcriptions.create': {
    call: async (client) =>
      client.audio.transcriptions.create({
        model: 'whisper-1',
        file: await speech(),
        prompt: 'CANARY-IN',
        response_format: 'text',
      }),
    input: [[given, audio]],
    output: [[answered]],
  },
  'audio.transcriptions.create, streamed': {
    call: async (client) =>
      read(
        client.audio.transcriptions.create({
          model: 'gpt-4o-transcribe',
          file: await speech(),
          stream: true,
        }),
      ),
    input: [[audio]],
    output: [[answered]],
  },
  'audio.speech.create': {
    call: (client) =>
      client.audio.speech.create({
        model: 'tts-1',
        voice: 'alloy',
        input: 'CANARY-IN',
        instructions: 'softly',
      }),
    input: [[given]],
    output: [[audio]],
    system: [text('softly')],
  },
  'responses.retrieve of one in the background': {
    // Each is recorded once a process.
    call: (client) => client.responses.retrieve(`resp_content_${retrieved++}`),
    output: [[answered]],
  },
};

describe('captureContent', () => {
  let fake: FakeProvider;
  beforeEach(async () => {
    fake = await startFakeProvider();
    fake.replyAlways({ text: 'CANARY-OUT.' });
  });
  afterEach(() => fake.close());

  for (const [title, { call, input, output, system }] of Object.entries(cases)) {
    const attributesOf = async (captureContent: boolean) => {
      const { tracer, spans } = recordingProvider();
      const client = new OpenAI({ apiKey: 'key', baseURL: fake.openAiBaseUrl });
      await call(wrapOpenAI(client, { tracer, captureContent, conventions: ['llm', 'gen_ai'] }));
      expect(spans).to.have.length(1);
      return spans[0]?.attributes ?? {};
    };
    const partsOf = (messages: unknown) =>
      typeof messages === 'string'
        ? JSON.parse(messages).map(({ parts }: { readonly parts: Parts }) => parts)
        : undefined;

    it(`records the texts of ${title}, and no binary data`, async () => {
      const attributes = await attributesOf(true);
      expect(partsOf(attributes['gen_ai.input.messages'])).to.deep.equal(input);
      expect(partsOf(attributes['gen_ai.output.messages'])).to.deep.equal(output);
      const instructions = attributes['gen_ai.system_instructions'];
      expect(instructions && JSON.parse(String(instructions))).to.deep.equal(system);
      expect(JSON.stringify(attributes)).not.to.include('BYTES');
    });

    it(`records no content of ${title} by default`, async () => {
      expect(JSON.stringify(await attributesOf(false))).not.to.include('CANARY');
    });
  }
});
