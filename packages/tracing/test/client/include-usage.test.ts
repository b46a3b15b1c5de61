import {
  type FakeProvider,
  type RecordingProvider,
  recordingProvider,
  startFakeProvider,
} from '@llm-otel/testing';
import { expect } from 'chai';
import OpenAI from 'openai';
import { wrapOpenAI } from '../../src/index.js';
import { onlySpan } from '../support/spans.js';

describe('includeUsage', () => {
  let fake: FakeProvider;
  let provider: RecordingProvider;
  beforeEach(async () => {
    fake = await startFakeProvider();
    provider = recordingProvider();
  });
  afterEach(() => fake.close());
  const openai = (includeUsage?: boolean) =>
    wrapOpenAI(new OpenAI({ apiKey: 'key', baseURL: fake.openAiBaseUrl }), {
      tracer: provider.tracer,
      includeUsage,
    });
  const chat = { model: 'gpt-4o', messages: [], stream: true as const };
  const optionsSent = () =>
    fake.requests.map(({ body }) => (body as { stream_options?: unknown }).stream_options);
  const collect = async (stream: AsyncIterable<unknown>) => {
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    return chunks as { choices: unknown[]; usage?: unknown }[];
  };

  it('is off by default: the request is not changed, and a stream has no tokens', async () => {
    const chunks = await collect(await openai().chat.completions.create(chat));
    expect(fake.requests[0]?.body).to.deep.equal(chat);
    expect(chunks.filter((chunk) => 'usage' in chunk)).to.deep.equal([]);
    expect(onlySpan(provider.spans).attributes).not.to.have.property('llm.tokens.input');
  });

  it('requests the usage of a stream of chat completions', async () => {
    const body = { ...chat };
    const chunks = await collect(await openai(true).chat.completions.create(body));
    expect(optionsSent()).to.deep.equal([{ include_usage: true }]);
    expect(body).to.deep.equal(chat);
    expect(chunks.at(-1)?.choices).to.deep.equal([]);
    expect(onlySpan(provider.spans).attributes).to.include({ 'llm.tokens.total': 28 });
  });

  it('requests the usage of a stream of completions, and of the stream() helper', async () => {
    await collect(await openai(true).completions.create({ model: 'm', prompt: 'p', stream: true }));
    await openai(true).chat.completions.stream({ model: 'gpt-4o', messages: [] }).done();
    expect(provider.spans.map(({ attributes }) => attributes['llm.tokens.total'])).to.deep.equal([28, 28]);
  });

  it("keeps the other options of the stream, and the application's own setting", async () => {
    const stream_options = { include_obfuscation: false };
    await collect(await openai(true).chat.completions.create({ ...chat, stream_options }));
    await collect(
      await openai(true).chat.completions.create({ ...chat, stream_options: { include_usage: false } }),
    );
    expect(optionsSent()).to.deep.equal([
      { include_obfuscation: false, include_usage: true },
      { include_usage: false },
    ]);
  });

  it("does not change calls that don't stream, and APIs that always report the usage", async () => {
    await openai(true).chat.completions.create({ model: 'gpt-4o', messages: [] });
    await collect(await openai(true).responses.create({ model: 'gpt-4o', input: 'i', stream: true }));
    for (const { body } of fake.requests) expect(body).not.to.have.property('stream_options');
  });
});
