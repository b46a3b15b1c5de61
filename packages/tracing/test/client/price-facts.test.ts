import Anthropic from '@anthropic-ai/sdk';
import { readLlmCall } from '@llm-otel/semantic-conventions';
import {
  type FakeProvider,
  type FakeReply,
  type RecordingProvider,
  recordingProvider,
  startFakeProvider,
} from '@llm-otel/testing';
import { expect } from 'chai';
import OpenAI from 'openai';
import { type WrapOpenAIOptions, wrapAnthropic, wrapOpenAI } from '../../src/index.js';
import { onlySpan } from '../support/spans.js';

const chat = { model: 'gpt-4o', messages: [] };
const message = { model: 'claude-opus-4-1', max_tokens: 10, messages: [] };

describe('service tier and reported cost of a call', () => {
  let fake: FakeProvider;
  let provider: RecordingProvider;
  beforeEach(async () => {
    fake = await startFakeProvider();
    provider = recordingProvider();
  });
  afterEach(() => fake.close());
  const openai = (options?: WrapOpenAIOptions, client?: ConstructorParameters<typeof OpenAI>[0]) =>
    wrapOpenAI(new OpenAI({ apiKey: 'key', baseURL: fake.openAiBaseUrl, ...client }), {
      tracer: provider.tracer,
      ...options,
    });
  const anthropic = () =>
    wrapAnthropic(new Anthropic({ apiKey: 'key', baseURL: fake.anthropicBaseUrl }), {
      tracer: provider.tracer,
    });
  const only = (reply: FakeReply) => {
    fake.enqueue(reply);
    return () => onlySpan(provider.spans);
  };

  it('records the tier that served the call rather than the requested one', async () => {
    const span = only({ serviceTier: 'priority' });
    await openai().chat.completions.create({ ...chat, service_tier: 'auto' });
    expect(span().attributes['llm.service_tier']).to.equal('priority');
    expect(readLlmCall(span())?.serviceTier).to.equal('priority');
  });

  it('records the requested tier of a failed call', async () => {
    const span = only({ error: { status: 400 } });
    await openai()
      .chat.completions.create({ ...chat, service_tier: 'flex' })
      .catch(() => undefined);
    expect(span().attributes['llm.service_tier']).to.equal('flex');
  });

  for (const [name, call] of Object.entries<() => Promise<unknown>>({
    'a chat that is streamed': async () => {
      for await (const _ of await openai().chat.completions.create({ ...chat, stream: true }));
    },
    'a response': () => openai().responses.create({ model: 'gpt-4o', input: 'i' }),
    'a response that is streamed': async () => {
      for await (const _ of await openai().responses.create({ model: 'gpt-4o', input: 'i', stream: true }));
    },
    'a message': () => anthropic().messages.create(message),
    'a message that is streamed': () => anthropic().messages.stream(message).finalMessage(),
  }))
    it(`records the tier of ${name}`, async () => {
      const span = only({ serviceTier: 'priority' });
      await call();
      expect(span().attributes['llm.service_tier']).to.equal('priority');
    });

  it('records the tier with the names of the GenAI conventions as well', async () => {
    fake.enqueue({ serviceTier: 'flex' });
    await openai({ conventions: ['gen_ai'] }).chat.completions.create({ ...chat, service_tier: 'auto' });
    const [span] = provider.spans;
    expect(span?.attributes).to.include({
      'openai.request.service_tier': 'auto',
      'openai.response.service_tier': 'flex',
    });
    expect(span && readLlmCall(span)?.serviceTier).to.equal('flex');
  });

  it('records the cost that OpenRouter reports, plain and streamed', async () => {
    fake.replyAlways({ costUsd: 0.00123 });
    await openai().chat.completions.create(chat);
    for await (const _ of await openai({ includeUsage: true }).chat.completions.create({
      ...chat,
      stream: true,
    }));
    for (const span of provider.spans) {
      expect(span.attributes['gen_ai.usage.cost']).to.equal(0.00123);
      expect(readLlmCall(span)?.costUsd).to.equal(0.00123);
    }
    expect(provider.spans).to.have.length(2);
  });

  it('records the cost in the header of a LiteLLM proxy', async () => {
    const span = only({ headers: { 'x-litellm-response-cost': '0.0042' } });
    await openai().chat.completions.create(chat);
    expect(readLlmCall(span())?.costUsd).to.equal(0.0042);
  });

  for (const cost of ['0', 'None', '-1'])
    it(`records no cost if the header is ${cost}`, async () => {
      const span = only({ headers: { 'x-litellm-response-cost': cost } });
      await openai().chat.completions.create(chat);
      expect(span().attributes).not.to.have.property('gen_ai.usage.cost');
    });

  it("ignores the header of a known provider's host", async () => {
    const span = only({ headers: { 'x-litellm-response-cost': '0.0042' } });
    const url = `${fake.openAiBaseUrl}/chat/completions`;
    await openai(
      {},
      {
        baseURL: 'https://api.openai.com/v1',
        fetch: (_, init) => fetch(url, init),
      },
    ).chat.completions.create(chat);
    expect(span().attributes).not.to.have.property('gen_ai.usage.cost');
  });
});
