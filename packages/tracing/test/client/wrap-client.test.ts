import { AnthropicBedrock } from '@anthropic-ai/bedrock-sdk';
import Anthropic from '@anthropic-ai/sdk';
import {
  type FakeProvider,
  type RecordingProvider,
  recordDiag,
  recordingProvider,
  startFakeProvider,
} from '@llm-otel/testing';
import { SamplingDecision } from '@opentelemetry/api';
import { expect } from 'chai';
import OpenAI, { AzureOpenAI, BedrockOpenAI } from 'openai';
import { bedrock } from 'openai/providers/bedrock';
import sinon from 'sinon';
import { type WrapOptions, wrapAnthropic, wrapOpenAI } from '../../src/index.js';
import { instrumentOpenAI } from '../../src/instrument.js';
import { onlySpan } from '../support/spans.js';

const body = { model: 'gpt-4o', messages: [] };

/** As a client of openai 7 that has a certificate for its key. */
class Certified extends OpenAI {
  constructor(given: ConstructorParameters<typeof OpenAI>[0] = {}) {
    if (given.fetch !== undefined) throw new Error('takes no fetch');
    super(given);
  }
  override withOptions(given: ConstructorParameters<typeof OpenAI>[0]): this {
    return new (this.constructor as typeof Certified)({ ...this._options, ...given }) as this;
  }
}

describe('a wrapped client', () => {
  let fake: FakeProvider;
  let provider: RecordingProvider;
  let options: WrapOptions;
  let client: OpenAI;
  beforeEach(async () => {
    fake = await startFakeProvider();
    provider = recordingProvider();
    options = { tracer: provider.tracer };
    client = new OpenAI({ apiKey: 'key', baseURL: fake.openAiBaseUrl });
  });
  afterEach(() => fake.close());

  it('has the same class, and does not change the given client', async () => {
    const wrapped = wrapOpenAI(client, options);
    expect(wrapped).to.be.instanceOf(OpenAI).and.not.equal(client);
    expect(wrapped.constructor).to.equal(OpenAI);
    expect(Object.keys(wrapped)).to.deep.equal(Object.keys(client));
    expect(Object.keys(wrapped.chat.completions)).to.deep.equal(Object.keys(client.chat.completions));
    await client.chat.completions.create(body);
    expect(provider.spans).to.have.length(0);
  });

  it('throws a TypeError for what is not a client of the vendor', () => {
    const anthropicClient = new Anthropic({ apiKey: 'key' });
    expect(() => wrapOpenAI(anthropicClient)).to.throw(
      TypeError,
      'wrapOpenAI: expected a client of openai, which has chat.completions.create(), got an object of class Anthropic',
    );
    expect(() => wrapAnthropic(client)).to.throw(
      TypeError,
      'wrapAnthropic: expected a client of @anthropic-ai/sdk, which has messages.create(), got an object of class OpenAI',
    );
    expect(() => wrapOpenAI(undefined as never)).to.throw(TypeError, 'got undefined');
    expect(() => wrapOpenAI('sk-key' as never)).to.throw(TypeError, /got a string\.$/);
  });

  it('has no further effect if it is wrapped again', async () => {
    const wrapped = wrapOpenAI(client, options);
    expect(wrapOpenAI(wrapped)).to.equal(wrapped);
    await wrapOpenAI(wrapped).chat.completions.create(body);
    onlySpan(provider.spans);
  });

  it('makes wrapped copies of itself, which count each attempt once', async () => {
    fake.enqueue({ error: { status: 429, retryAfterSeconds: 0.01 } });
    const copy = wrapOpenAI(client, options).withOptions({ timeout: 5000 }).withOptions({ maxRetries: 1 });
    expect([copy.timeout, copy.maxRetries]).to.deep.equal([5000, 1]);
    await copy.chat.completions.create(body);
    expect(onlySpan(provider.spans).attributes['llm.retry_count']).to.equal(1);
  });

  it('makes a copy with its own fetch, whose attempts are counted as well', async () => {
    fake.enqueue({ error: { status: 429, retryAfterSeconds: 0.01 } });
    let requests = 0;
    const copy = wrapOpenAI(client, options).withOptions({
      fetch: (url, init) => {
        requests++;
        return fetch(url, init);
      },
    });
    await copy.chat.completions.create(body);
    expect(requests).to.equal(2);
    expect(onlySpan(provider.spans).attributes['llm.retry_count']).to.equal(1);
  });

  it('throws the same error as the unwrapped one for wrong options', () => {
    const wrong = { provider: {}, apiKey: 'key' } as never;
    expect(() => client.withOptions(wrong)).to.throw(OpenAI.OpenAIError);
    expect(() => wrapOpenAI(client, options).withOptions(wrong)).to.throw(OpenAI.OpenAIError);
  });

  it('has the values that the application changed on its client', () => {
    client.apiKey = 'rotated';
    client.maxRetries = 7;
    expect(wrapOpenAI(client, options)).to.include({ apiKey: 'rotated', maxRetries: 7 });
  });

  it('may be an AzureOpenAI with a deployment, which withOptions() alone would lose', async () => {
    const azure = new AzureOpenAI({
      apiKey: 'key',
      baseURL: `${fake.url}/openai`,
      apiVersion: '2024-10-21',
      deployment: 'my-deployment',
    });
    const wrapped = wrapOpenAI(azure, options);
    expect(wrapped).to.be.instanceOf(AzureOpenAI);
    expect(wrapped).to.include({ apiVersion: '2024-10-21', deploymentName: 'my-deployment' });
    for (const each of [azure, wrapped]) await each.chat.completions.create(body).catch(() => undefined);
    expect(fake.requests.map(({ path, query }) => ({ path, query }))).to.deep.equal(
      Array(2).fill({
        path: '/openai/deployments/my-deployment/chat/completions',
        query: { 'api-version': '2024-10-21' },
      }),
    );
    onlySpan(provider.spans);
  });

  for (const [name, connect] of Object.entries<(baseURL: string) => OpenAI>({
    'a BedrockOpenAI with a key': (baseURL) => new BedrockOpenAI({ apiKey: 'token', baseURL }),
    'a BedrockOpenAI that asks for tokens': (baseURL) =>
      new BedrockOpenAI({ bedrockTokenProvider: async () => 'token', baseURL }),
    "an OpenAI with Bedrock's provider": (baseURL) =>
      new OpenAI({ provider: bedrock({ apiKey: 'token', baseURL }) }),
  }))
    it(`may be ${name}`, async () => {
      const wrapped = wrapOpenAI(connect(fake.openAiBaseUrl), options);
      expect(wrapped.constructor).to.equal(connect(fake.openAiBaseUrl).constructor);
      await wrapped.chat.completions.create(body);
      // A helper that BedrockOpenAI puts on each of its clients.
      const { output_text } = await wrapped.responses
        .stream({ model: 'gpt-4o', input: 'hi' })
        .finalResponse();
      expect(output_text).to.equal('Hello from the fake provider.');
      expect(provider.spans.map(({ attributes }) => attributes['llm.tokens.output'])).to.deep.equal([8, 8]);
      for (const { headers } of fake.requests) expect(headers.authorization).to.equal('Bearer token');
    });

  for (const [title, tracedClient] of Object.entries<(baseURL: string) => OpenAI>({
    wrapped: (baseURL) => wrapOpenAI(new Certified({ apiKey: 'key', baseURL }), options),
    instrumented: (baseURL) =>
      new (instrumentOpenAI({ Certified }, options).Certified)({ apiKey: 'key', baseURL }),
  }))
    it(`may be one that accepts no fetch option, ${title}`, async () => {
      const diag = recordDiag();
      const traced = tracedClient(fake.openAiBaseUrl);
      await traced.chat.completions.create(body);
      await traced.withOptions({ timeout: 5000 }).chat.completions.create(body);
      diag.stop();
      expect(traced).to.be.instanceOf(Certified);
      expect(provider.spans.map(({ name }) => name)).to.deep.equal(['chat gpt-4o', 'chat gpt-4o']);
      expect(
        diag.messages.filter(({ message }) => !message.includes('retries are not counted')),
      ).to.deep.equal([]);
    });

  it('may be of a subclass whose create() returns a plain promise', async () => {
    class Client extends OpenAI {
      constructor(given?: ConstructorParameters<typeof OpenAI>[0]) {
        super(given);
        const { completions } = this.chat;
        const create = completions.create.bind(completions);
        Object.assign(completions, { create: async (request: typeof body) => create(request) });
      }
    }
    const wrapped = wrapOpenAI(new Client({ apiKey: 'key', baseURL: fake.openAiBaseUrl }), options);
    expect((await wrapped.chat.completions.create(body)).model).to.equal('gpt-4o');
    expect(onlySpan(provider.spans).attributes).to.include({ 'llm.tokens.total': 28 });
  });

  it('traces embeddings', async () => {
    await wrapOpenAI(client, options).embeddings.create({ model: 'text-embedding-3-small', input: 'text' });
    const { name, attributes } = onlySpan(provider.spans);
    expect(name).to.equal('embeddings text-embedding-3-small');
    const { 'llm.latency_ms': _, ...rest } = attributes;
    expect(rest).to.deep.equal({
      'llm.provider': 'openai',
      'llm.model': 'text-embedding-3-small',
      'llm.success': true,
      'llm.retry_count': 0,
      'llm.tokens.input': 20,
      'llm.tokens.output': 0,
      'llm.tokens.total': 20,
    });
  });

  it('traces beta.messages, plain and streamed', async () => {
    const anthropic = new Anthropic({ apiKey: 'key', baseURL: fake.anthropicBaseUrl });
    const request = { ...body, model: 'claude-opus-4-1', max_tokens: 10 };
    const wrapped = wrapAnthropic(anthropic, options);
    await wrapped.beta.messages.create(request);
    await wrapped.beta.messages.stream(request).finalMessage();
    expect(provider.spans.map(({ attributes }) => attributes['llm.tokens.total'])).to.deep.equal([28, 28]);
  });

  it('records everything on spans that are recorded and not sampled', async () => {
    const told = [];
    for (const decision of [SamplingDecision.NOT_RECORD, SamplingDecision.RECORD]) {
      const sampler = { shouldSample: () => ({ decision }) };
      const { tracer, spans } = recordingProvider([], { sampler });
      const { chat } = wrapOpenAI(client, { tracer });
      expect(await chat.completions.create(body)).to.have.property('choices');
      for await (const _ of chat.completions.stream({ ...body, stream_options: { include_usage: true } }));
      told.push(spans.map(({ attributes }) => attributes['llm.tokens.total']));
    }
    expect(told).to.deep.equal([[], [28, 28]]);
  });

  it('traces every call that a tool runner makes', async () => {
    const toolCalls = [{ name: 'search', arguments: '{"q":"x"}' }];
    const parameters = { type: 'object' as const, properties: { q: { type: 'string' } } };
    const run = async () => 'found';
    fake.enqueue({ toolCalls }, {}, { toolCalls }, {});
    const tool = { name: 'search', description: 'Searches.', function: run, parse: JSON.parse, parameters };
    await wrapOpenAI(client, options)
      .chat.completions.runTools({ ...body, tools: [{ type: 'function', function: tool }] })
      .done();
    await wrapAnthropic(new Anthropic({ apiKey: 'key', baseURL: fake.anthropicBaseUrl }), options)
      .beta.messages.toolRunner({
        model: 'claude-opus-4-1',
        max_tokens: 10,
        messages: [{ role: 'user', content: 'question' }],
        tools: [{ name: 'search', input_schema: parameters, run, parse: (input: unknown) => input }],
      } as Parameters<Anthropic['beta']['messages']['toolRunner']>[0])
      .runUntilDone();
    expect(provider.spans.map(({ attributes }) => attributes['llm.stop_reason'])).to.deep.equal([
      'tool_calls',
      'stop',
      'tool_use',
      'end_turn',
    ]);
  });

  for (const [title, connect] of Object.entries({
    Anthropic: (baseURL: string) => new Anthropic({ apiKey: 'key', baseURL }),
    AnthropicBedrock: (baseURL: string) =>
      new AnthropicBedrock({
        baseURL,
        awsAccessKey: 'access',
        awsSecretKey: 'secret',
        awsRegion: 'us-east-1',
      }),
  }))
    it(`traces every call that a tool runner of ${title} streams`, async () => {
      const runs = [];
      for (const traced of [false, true]) {
        const plain = connect(fake.anthropicBaseUrl);
        const anthropic = traced ? wrapAnthropic(plain, options) : plain;
        fake.enqueue({ toolCalls: [{ name: 'search', arguments: '{}' }] }, { chunkDelayMillis: 1 });
        const events = [];
        for await (const stream of anthropic.beta.messages.toolRunner({
          model: 'claude-opus-4-1',
          max_tokens: 10,
          messages: [{ role: 'user', content: 'question' }],
          stream: true,
          tools: [
            { name: 'search', input_schema: { type: 'object' }, run: async () => 'found', parse: () => ({}) },
          ],
        }))
          for await (const event of stream) events.push(event);
        runs.push(JSON.parse(JSON.stringify(events).replace(/_\d{6}/g, '')));
      }
      expect(runs[1]).to.deep.equal(runs[0]);
      expect(
        provider.spans.map(({ attributes }) => [
          attributes['llm.stop_reason'],
          attributes['llm.tokens.total'],
          attributes['llm.success'],
        ]),
      ).to.deep.equal([
        ['tool_use', 28, true],
        ['end_turn', 28, true],
      ]);
    });

  it('records the failure of a call that a tool runner would have streamed', async () => {
    fake.replyAlways({ error: { status: 400 } });
    const anthropic = wrapAnthropic(
      new Anthropic({ apiKey: 'key', baseURL: fake.anthropicBaseUrl }),
      options,
    );
    const runner = anthropic.beta.messages.toolRunner({
      model: 'claude-opus-4-1',
      max_tokens: 10,
      messages: [{ role: 'user', content: 'question' }],
      stream: true,
      tools: [],
    });
    const failure = await runner.runUntilDone().catch((error: Error) => error);
    expect(failure).to.be.instanceOf(Anthropic.BadRequestError);
    expect(onlySpan(provider.spans).attributes).to.include({
      'llm.success': false,
      'llm.error.type': 'invalid_request',
    });
  });

  it('rethrows what create() throws before it makes a call, with the span of a failed call', () => {
    const anthropic = new Anthropic({ apiKey: 'key', baseURL: fake.anthropicBaseUrl });
    const request = { ...body, model: 'claude-opus-4-1', max_tokens: 1_000_000 };
    const failures = [anthropic, wrapAnthropic(anthropic, options)].map((each) => {
      try {
        return each.messages.create(request);
      } catch (error) {
        return error as Error;
      }
    });
    expect(failures[0]).to.be.instanceOf(Anthropic.AnthropicError);
    expect(String(failures[1])).to.equal(String(failures[0]));
    expect(onlySpan(provider.spans).attributes).to.include({
      'llm.success': false,
      'llm.error.type': 'unknown',
    });
  });

  it('has the given provider, otherwise that of its host', async () => {
    await wrapOpenAI(client, { ...options, provider: 'vllm' }).chat.completions.create(body);
    const groq = new OpenAI({
      apiKey: 'key',
      baseURL: 'https://api.groq.com/openai/v1',
      fetch: (_, init) => fetch(`${fake.openAiBaseUrl}/chat/completions`, init),
    });
    await wrapOpenAI(groq, options).chat.completions.create(body);
    expect(provider.spans.map(({ attributes }) => attributes['llm.provider'])).to.deep.equal([
      'vllm',
      'groq',
    ]);
  });

  it('calls the methods with which the application has replaced its own', async () => {
    const answer = { model: 'gpt-4o', usage: { prompt_tokens: 3, completion_tokens: 4 } };
    const create = sinon.stub(client.chat.completions, 'create').resolves(answer as never);
    const wrapped = wrapOpenAI(client, options);
    expect(await wrapped.chat.completions.create(body)).to.equal(answer);
    expect(create.callCount).to.equal(1);
    expect(fake.requests).to.have.length(0);
    expect(onlySpan(provider.spans).attributes).to.include({ 'llm.tokens.total': 7 });
    // As without tracing, a copy has the methods of its class.
    await wrapped.withOptions({ timeout: 1000 }).chat.completions.create(body);
    expect([create.callCount, fake.requests.length, provider.spans.length]).to.deep.equal([1, 1, 2]);
  });

  it('returns the value of a replaced method that returns no promise', () => {
    const answer = { model: 'gpt-4o', usage: { prompt_tokens: 3, completion_tokens: 4 } };
    sinon.stub(client.chat.completions, 'create').returns(answer as never);
    expect(wrapOpenAI(client, options).chat.completions.create(body)).to.equal(answer);
    expect(onlySpan(provider.spans).attributes).to.include({ 'llm.tokens.total': 7 });
  });

  it('calls a replaced method that does not call a model itself', async () => {
    const client = new OpenAI({ apiKey: 'key', baseURL: fake.openAiBaseUrl });
    const parsed = { choices: [] } as never;
    sinon.stub(client.chat.completions, 'parse').resolves(parsed);
    Object.assign(client.models, { list: () => 'the models' });
    Object.assign(client, { post: () => 'posted' });
    const wrapped = wrapOpenAI(client, options);
    expect(await wrapped.chat.completions.parse(body)).to.equal(parsed);
    expect(wrapped.models.list()).to.equal('the models');
    expect(wrapped.post('/path')).to.equal('posted');
    expect(fake.requests).to.have.length(0);
  });

  it('may be of a subclass that sets options of its own', async () => {
    let requests = 0;
    class Internal extends OpenAI {
      constructor(given: ConstructorParameters<typeof OpenAI>[0] = {}) {
        const counting: typeof fetch = (url, init) => {
          requests++;
          return fetch(url, init);
        };
        super({ ...given, fetch: counting, defaultHeaders: { 'x-team': 'search' } });
      }
    }
    const wrapped = wrapOpenAI(new Internal({ apiKey: 'key', baseURL: fake.openAiBaseUrl }), options);
    await wrapped.chat.completions.create(body);
    expect(onlySpan(provider.spans).attributes).to.include({ 'llm.success': true });
    expect(fake.requests[0]?.headers).to.include({ 'x-team': 'search' });
    expect(requests).to.equal(1);
  });

  it('is the client itself if a copy would lack its options, which is reported to diag', async () => {
    class ForTenant extends OpenAI {
      readonly tenant: string;
      constructor(tenant: string, options: ConstructorParameters<typeof OpenAI>[0]) {
        super({ ...options, defaultHeaders: { 'x-tenant': tenant } });
        this.tenant = tenant;
      }
    }
    const diag = recordDiag();
    const key = process.env.OPENAI_API_KEY;
    // Without it, the copy could not even be constructed.
    process.env.OPENAI_API_KEY = 'another key';
    try {
      const given = new ForTenant('acme', { apiKey: 'key', baseURL: fake.openAiBaseUrl });
      const wrapped = wrapOpenAI(given, options);
      expect(wrapped).to.equal(given);
      await wrapped.chat.completions.create(body);
      expect(fake.requests[0]?.headers).to.include({ 'x-tenant': 'acme', authorization: 'Bearer key' });
      expect(provider.spans).to.have.length(0);
      expect(diag.messages.map(({ message }) => message).join()).to.include(
        'can not be copied, and is not traced',
      );
    } finally {
      if (key === undefined) delete process.env.OPENAI_API_KEY;
      else process.env.OPENAI_API_KEY = key;
      diag.stop();
    }
  });

  it('may be a test double whose withOptions() returns itself, which is wrapped only once', () => {
    const double = {
      chat: { completions: { create: async () => ({}) } },
      withOptions(_: object) {
        return this;
      },
    };
    const wrapped = wrapOpenAI(double, options);
    const { withOptions } = wrapped;
    expect(wrapped.withOptions({}).withOptions({})).to.equal(wrapped);
    expect(wrapped.withOptions).to.equal(withOptions);
  });

  it("is the client itself if it can't be copied, which is reported to diag", () => {
    const diag = recordDiag();
    class Particular extends OpenAI {
      constructor(only?: 'this') {
        super({ apiKey: 'key' });
        if (only !== 'this') throw new Error('constructed in one way only');
      }
    }
    const particular = new Particular('this');
    const stub = { chat: { completions: { create: async () => ({}) } } };
    expect(wrapOpenAI(particular)).to.equal(particular);
    expect(wrapOpenAI(stub)).to.equal(stub);
    expect(diag.messages.map(({ message }) => message)).to.deep.equal([
      '@llm-otel/tracing: a client could not be copied, and is not traced',
      '@llm-otel/tracing: a client without withOptions() can not be copied, and is not traced',
    ]);
    diag.stop();
  });

  for (const wrap of [wrapOpenAI, wrapAnthropic])
    it(`${wrap.name} throws a TypeError that says what is wrong with its options`, () => {
      expect(() => wrap(client, { provider: 1 } as never)).to.throw(
        TypeError,
        `${wrap.name}: option "provider" must be a string, got 1 (number).`,
      );
      expect(() => wrap(client, { traceProvider: {} } as never)).to.throw(
        TypeError,
        'unknown option "traceProvider"',
      );
      expect(() => wrap(client, { tracer: {} } as never)).to.throw(
        TypeError,
        'option "tracer" must be a Tracer',
      );
      expect(() => wrap(client, { tracerProvider: {} } as never)).to.throw(
        TypeError,
        'option "tracerProvider" must be a TracerProvider',
      );
    });
});
