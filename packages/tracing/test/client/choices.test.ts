import { ChatOpenAI } from '@langchain/openai';
import {
  type FakeProvider,
  type RecordingProvider,
  recordingProvider,
  startFakeProvider,
} from '@llm-otel/testing';
import { expect } from 'chai';
import OpenAI from 'openai';
import { traceLlmCall, wrapOpenAI } from '../../src/index.js';
import { LlmTracingCallbackHandler } from '../../src/langchain/index.js';
import { onlySpan } from '../support/spans.js';

describe('a response with several choices', () => {
  let fake: FakeProvider;
  let provider: RecordingProvider;
  let client: OpenAI;
  const chat = { model: 'gpt-4o', n: 3, messages: [{ role: 'user' as const, content: 'question' }] };
  const completion = { model: 'gpt-3.5-turbo-instruct', n: 3, prompt: 'question' };
  const telemetry = () => ({
    tracer: provider.tracer,
    conventions: ['llm', 'gen_ai'] as const,
    captureContent: true,
  });

  beforeEach(async () => {
    fake = await startFakeProvider();
    fake.replyAlways({ text: 'Hello.', moreStopReasons: ['length', 'content_filter'] });
    provider = recordingProvider();
    client = wrapOpenAI(new OpenAI({ apiKey: 'key', baseURL: fake.openAiBaseUrl }), telemetry());
  });
  afterEach(() => fake.close());

  const model = () =>
    new ChatOpenAI({
      model: 'gpt-4o',
      n: 3,
      apiKey: 'key',
      maxRetries: 0,
      configuration: { baseURL: fake.openAiBaseUrl },
    });
  const calls: Record<string, () => Promise<unknown>> = {
    'a chat': () => client.chat.completions.create(chat),
    async 'a chat that is streamed'() {
      for await (const _ of await client.chat.completions.create({ ...chat, stream: true }));
    },
    'a completion': () => client.completions.create(completion),
    async 'a completion that is streamed'() {
      for await (const _ of await client.completions.create({ ...completion, stream: true }));
    },
    'a run of LangChain': () =>
      model().invoke('question', { callbacks: [new LlmTracingCallbackHandler(telemetry())] }),
  };
  for (const [name, call] of Object.entries(calls))
    it(`has one stop reason for each choice: ${name}`, async () => {
      await call();
      const { attributes } = onlySpan(provider.spans);
      expect(attributes['gen_ai.response.finish_reasons']).to.deep.equal([
        'stop',
        'length',
        'content_filter',
      ]);
      expect(attributes).to.include({ 'llm.stop_reason': 'stop', 'llm.response.length': 18 });
      const messages = JSON.parse(String(attributes['gen_ai.output.messages']));
      const reasons = messages.map((message: { finish_reason: string }) => message.finish_reason).sort();
      expect(reasons).to.deep.equal(['content_filter', 'length', 'stop']);
    });

  it('is recorded by traceLlmCall without the unknown stop reasons', async () => {
    await traceLlmCall({ provider: 'acme', model: 'a', ...telemetry() }, async (call) =>
      call.recordResponse({ stopReasons: ['stop', undefined, 'length'] }),
    );
    const { attributes } = onlySpan(provider.spans);
    expect(attributes['gen_ai.response.finish_reasons']).to.deep.equal(['stop', 'length']);
    expect(attributes['llm.stop_reason']).to.equal('stop');
  });
});
