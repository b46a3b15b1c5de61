import { AnthropicAws } from '@anthropic-ai/aws-sdk';
import { AnthropicBedrock, AnthropicBedrockMantle } from '@anthropic-ai/bedrock-sdk';
import { AnthropicFoundry } from '@anthropic-ai/foundry-sdk';
import { AnthropicVertex } from '@anthropic-ai/vertex-sdk';
import { LlmCostSpanProcessor } from '@llm-otel/cost-span-processor';
import {
  type FakeProvider,
  type RecordingProvider,
  recordingProvider,
  startFakeProvider,
} from '@llm-otel/testing';
import { expect } from 'chai';
import { wrapAnthropic } from '../../src/index.js';
import { onlySpan } from '../support/spans.js';

type Client = AnthropicAws | AnthropicBedrock | AnthropicBedrockMantle | AnthropicFoundry | AnthropicVertex;

interface Platform {
  /** Without a base URL the client has the one of its platform, and is to be given a `fetch`. */
  readonly connect: (baseURL: string | undefined, fetch?: typeof globalThis.fetch) => Client;
  readonly model: string;
  readonly provider: string;
  readonly genAiProvider: string;
}

const common = (fetch: typeof globalThis.fetch | undefined) => ({
  logLevel: 'off' as const,
  ...(fetch !== undefined && { fetch }),
});
const bedrockModel = 'anthropic.claude-opus-4-1-20250805-v1:0';

const platforms: Record<string, Platform> = {
  AnthropicAws: {
    connect: (baseURL, fetch) =>
      new AnthropicAws({
        ...common(fetch),
        ...(baseURL !== undefined && { baseURL }),
        awsAccessKey: 'access',
        awsSecretAccessKey: 'secret',
        awsRegion: 'us-east-1',
        workspaceId: 'workspace',
      }),
    model: 'claude-opus-4-1',
    provider: 'anthropic',
    genAiProvider: 'anthropic',
  },
  AnthropicBedrock: {
    connect: (baseURL, fetch) =>
      new AnthropicBedrock({
        ...common(fetch),
        ...(baseURL !== undefined && { baseURL }),
        awsAccessKey: 'access',
        awsSecretKey: 'secret',
        awsRegion: 'us-east-1',
      }),
    model: bedrockModel,
    provider: 'aws',
    genAiProvider: 'aws.bedrock',
  },
  AnthropicBedrockMantle: {
    connect: (baseURL, fetch) =>
      new AnthropicBedrockMantle({
        ...common(fetch),
        ...(baseURL !== undefined && { baseURL }),
        awsAccessKey: 'access',
        awsSecretAccessKey: 'secret',
        awsRegion: 'us-east-1',
      }),
    model: bedrockModel,
    provider: 'aws',
    genAiProvider: 'aws.bedrock',
  },
  AnthropicFoundry: {
    connect: (baseURL, fetch) =>
      new AnthropicFoundry({
        ...common(fetch),
        ...(baseURL === undefined ? { resource: 'my-resource' } : { baseURL }),
        apiKey: 'key',
      }),
    model: 'claude-opus-4-1',
    provider: 'azure',
    genAiProvider: 'anthropic',
  },
  'AnthropicFoundry with tokens': {
    connect: (baseURL, fetch) =>
      new AnthropicFoundry({
        ...common(fetch),
        baseURL: baseURL ?? 'https://my-resource.azure.anthropic.com/anthropic/',
        azureADTokenProvider: async () => 'token',
      }),
    model: 'claude-opus-4-1',
    provider: 'azure',
    genAiProvider: 'anthropic',
  },
  AnthropicVertex: {
    connect: (baseURL, fetch) =>
      new AnthropicVertex({
        ...common(fetch),
        ...(baseURL !== undefined && { baseURL }),
        region: 'us-east5',
        projectId: 'project',
        authClient: {
          projectId: 'project',
          getRequestHeaders: async () => new Headers({ authorization: 'Bearer token' }),
        } as never,
      }),
    model: 'claude-opus-4-1@20250805',
    provider: 'google',
    genAiProvider: 'gcp.vertex_ai',
  },
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

for (const [name, { connect, model, provider: expected, genAiProvider }] of Object.entries(platforms))
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
      it(`${title}: returns the same result, with one span, which is ours`, async () => {
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

    it('records a failure', async () => {
      fake.enqueue({ error: { status: 403 } });
      await wrapped()
        .messages.create(request(model))
        .catch(() => undefined);
      expect(onlySpan(provider.spans).attributes).to.include({
        'llm.success': false,
        'llm.error.type': 'auth',
      });
    });

    it('has the provider and price of the platform if its host is known, and the tiers of the API', async () => {
      // What is asked of the platform goes to the fake.
      const toFake: typeof fetch = (url, init) =>
        fetch(String(url).replace(/^https:\/\/[^/]+/, fake.url), init);
      const { tracer, spans } = recordingProvider([new LlmCostSpanProcessor()]);
      const client = wrapAnthropic(connect(undefined, toFake), { tracer, conventions: ['llm', 'gen_ai'] });
      fake.enqueue({ model, serviceTier: 'standard' });
      await client.messages.create({ ...request(model), service_tier: 'auto' });
      const { attributes } = onlySpan(spans);
      expect(Object.keys(attributes).filter((key) => key.startsWith('openai.'))).to.deep.equal([]);
      expect(attributes).to.include({
        'llm.provider': expected,
        'gen_ai.provider.name': genAiProvider,
        'anthropic.request.service_tier': 'auto',
        'anthropic.response.service_tier': 'standard',
        'llm.cost_usd': 0.0009,
      });
    });

    it('has the same class', () => {
      expect(wrapped().constructor).to.equal(connect(fake.url).constructor);
    });
  });
