import { AnthropicBedrock } from '@anthropic-ai/bedrock-sdk';
import { AnthropicVertex } from '@anthropic-ai/vertex-sdk';
import {
  type FakeProvider,
  type RecordingProvider,
  recordingProvider,
  startFakeProvider,
} from '@llm-otel/testing';
import { expect } from 'chai';
import { wrapAnthropic } from '../../src/index.js';
import { onlySpan } from '../support/spans.js';

type Client = AnthropicBedrock | AnthropicVertex;

const bedrock = (baseURL: string) =>
  new AnthropicBedrock({
    baseURL,
    awsAccessKey: 'access',
    awsSecretKey: 'secret',
    awsRegion: 'us-east-1',
    logLevel: 'off',
  });
const vertex = (baseURL: string) =>
  new AnthropicVertex({
    baseURL,
    region: 'us-east5',
    projectId: 'project',
    logLevel: 'off',
    authClient: {
      projectId: 'project',
      getRequestHeaders: async () => new Headers({ authorization: 'Bearer token' }),
    } as never,
  });

const platforms: Record<string, { connect: (baseUrl: string) => Client; model: string; provider: string }> = {
  AnthropicBedrock: { connect: bedrock, model: 'anthropic.claude-opus-4-1-20250805-v1:0', provider: 'aws' },
  AnthropicVertex: { connect: vertex, model: 'claude-opus-4-1@20250805', provider: 'google' },
};
const calls: Record<string, (client: Client, model: string) => Promise<unknown>> = {
  'messages.create': (client, model) => client.messages.create(request(model)),
  'messages.create, streamed': async (client, model) => {
    const events = [];
    for await (const event of await client.messages.create({ ...request(model), stream: true }))
      events.push(event);
    return events;
  },
  'messages.stream': (client, model) => client.messages.stream(request(model)).finalMessage(),
  'beta.messages.create': (client, model) => client.beta.messages.create(request(model)),
};

function request(model: string) {
  return { model, max_tokens: 100, messages: [{ role: 'user' as const, content: 'question' }] };
}

for (const [name, { connect, model, provider: expected }] of Object.entries(platforms))
  describe(`${name}, wrapped and unwrapped`, () => {
    let fake: FakeProvider;
    let provider: RecordingProvider;
    let unregister: () => void;
    beforeEach(async () => {
      fake = await startFakeProvider();
      provider = recordingProvider();
      // The client traces its calls itself, where there is a provider.
      unregister = provider.register();
    });
    afterEach(async () => {
      unregister();
      await fake.close();
    });
    const wrapped = () => wrapAnthropic(connect(fake.url), { provider: expected });

    for (const [title, call] of Object.entries(calls))
      it(`${title}: the same result, and one span that is ours`, async () => {
        const results = [];
        for (const make of [() => connect(fake.url), wrapped]) {
          provider.spans.length = 0;
          results.push(JSON.stringify(await call(make(), model)).replace(/\d{6}/g, ''));
        }
        expect(results[1]).to.equal(results[0]);
        const span = onlySpan(provider.spans);
        expect(span.name).to.equal(`chat ${model}`);
        expect(span.attributes).to.include({
          'llm.provider': expected,
          'llm.model': model,
          'llm.tokens.input': 20,
          'llm.tokens.output': 8,
          'llm.success': true,
          'llm.retry_count': 0,
        });
        expect(fake.requests[0]?.path).to.equal(fake.requests[1]?.path);
      });

    it('counts retries', async () => {
      fake.enqueue(
        { error: { status: 429, retryAfterSeconds: 0.01 } },
        { error: { status: 529, retryAfterSeconds: 0.01 } },
      );
      await wrapped().messages.create(request(model));
      const span = onlySpan(provider.spans);
      expect(span.attributes).to.include({ 'llm.success': true, 'llm.retry_count': 2 });
      expect(span.events.map(({ attributes }) => attributes?.['error.type'])).to.deep.equal([
        'rate_limit',
        'overloaded',
      ]);
    });

    it('tells of a failure', async () => {
      fake.enqueue({ error: { status: 403 } });
      await wrapped()
        .messages.create(request(model))
        .catch(() => undefined);
      expect(onlySpan(provider.spans).attributes).to.include({
        'llm.success': false,
        'llm.error.type': 'auth',
      });
    });

    it('is of the same class', () => {
      expect(wrapped().constructor).to.equal(connect(fake.url).constructor);
    });
  });
