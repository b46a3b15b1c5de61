import {
  type FakeProvider,
  type RecordingProvider,
  recordingProvider,
  startFakeProvider,
} from '@llm-otel/testing';
import { expect } from 'chai';
import OpenAI from 'openai';
import { type WrapOptions, wrapOpenAI } from '../../src/index.js';
import { onlySpan } from '../support/spans.js';

const body = { model: 'gpt-4o', messages: [] };

describe('the attempts of a wrapped client', () => {
  let fake: FakeProvider;
  let provider: RecordingProvider;
  let options: WrapOptions;
  beforeEach(async () => {
    fake = await startFakeProvider();
    provider = recordingProvider();
    options = { tracer: provider.tracer };
  });
  afterEach(() => fake.close());
  const openai = (more: ConstructorParameters<typeof OpenAI>[0] = {}) =>
    new OpenAI({ apiKey: 'key', baseURL: fake.openAiBaseUrl, ...more });

  it('use the fetch that the client was given, with the same arguments', async () => {
    const calls: unknown[] = [];
    const client = openai({
      fetch: function (this: unknown, url, init) {
        calls.push({ self: this, url, keys: Object.keys(init ?? {}) });
        return fetch(url, init);
      },
    });
    for (const each of [client, wrapOpenAI(client, options)]) await each.chat.completions.create(body);
    expect(calls[0]).to.include({ url: `${fake.openAiBaseUrl}/chat/completions` });
    expect(calls[1]).to.deep.equal(calls[0]);
    onlySpan(provider.spans);
  });

  it('include one that found no connection, with that as the reason', async () => {
    let failures = 1;
    const client = openai({
      fetch: (url, init) => {
        if (failures-- > 0)
          return Promise.reject(
            new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNREFUSED' }) }),
          );
        return fetch(url, init);
      },
    });
    await wrapOpenAI(client, options).chat.completions.create(body);
    const { attributes, events } = onlySpan(provider.spans);
    expect(attributes).to.include({ 'llm.success': true, 'llm.retry_count': 1 });
    expect(events[0]?.attributes).to.include({ 'http.request.resend_count': 1, 'error.type': 'connection' });
    expect(events[0]?.attributes).not.to.have.property('http.response.status_code');
  });

  it('include one whose body did not arrive in time, with the client version that retries then', async () => {
    const { OpenAI: OpenAI7 } = require('openai-7') as { OpenAI: typeof OpenAI };
    let answers = 0;
    const slow = new ReadableStream({ pull: () => new Promise(() => undefined) });
    const client = new OpenAI7({
      apiKey: 'key',
      baseURL: fake.openAiBaseUrl,
      timeout: 200,
      fetch: async (url, init) => {
        if (answers++ > 0) return fetch(url, init);
        return new Response(slow, { headers: { 'content-type': 'application/json' } });
      },
    });
    for (const ask of [
      async () => (await wrapOpenAI(client, options).chat.completions.create(body)).model,
      async () => (await wrapOpenAI(client, options).chat.completions.create(body).withResponse()).data.model,
    ]) {
      answers = 0;
      expect(await ask()).to.equal('gpt-4o');
      const { attributes, events } = onlySpan(provider.spans.splice(0));
      expect(attributes).to.include({ 'llm.success': true, 'llm.retry_count': 1 });
      expect(events).to.have.length(1);
    }
  });

  it('include those of a call that finally fails', async () => {
    fake.replyAlways({ error: { status: 503, retryAfterSeconds: 0.01 } });
    const client = wrapOpenAI(openai({ maxRetries: 3 }), options);
    await client.chat.completions.create(body).catch(() => undefined);
    const { attributes, events } = onlySpan(provider.spans);
    expect(attributes).to.include({ 'llm.retry_count': 3, 'llm.error.type': 'api_error' });
    expect(events.map((event) => event.attributes?.['http.request.resend_count'])).to.deep.equal([1, 2, 3]);
  });

  it('are counted if the application removes their header', async () => {
    fake.enqueue({ error: { status: 503, retryAfterSeconds: 0.01 } });
    const client = wrapOpenAI(openai({ defaultHeaders: { 'x-stainless-retry-count': null } }), options);
    await client.chat.completions.create(body);
    expect(fake.requests[1]?.headers).not.to.have.property('x-stainless-retry-count');
    expect(onlySpan(provider.spans).attributes).to.include({ 'llm.retry_count': 1 });
  });

  it('do not include requests for the client itself, such as for a token', async () => {
    const urls: string[] = [];
    const client = new OpenAI({
      baseURL: fake.openAiBaseUrl,
      workloadIdentity: {
        clientId: 'client',
        identityProviderId: 'idp',
        serviceAccountId: 'account',
        provider: { tokenType: 'jwt', getToken: async () => 'subject' },
      },
      fetch: (url, init) => {
        urls.push(String(url));
        if (String(url).includes('/oauth/'))
          return Promise.resolve(
            Response.json({ access_token: 'token', expires_in: 3600, token_type: 'Bearer' }),
          );
        return fetch(url, init);
      },
    });
    await wrapOpenAI(client, options).chat.completions.create(body);
    expect(urls).to.have.length(2);
    expect(onlySpan(provider.spans).attributes).to.include({ 'llm.success': true, 'llm.retry_count': 0 });
  });

  it('are not counted for calls that are not traced', async () => {
    const client = wrapOpenAI(openai(), options);
    await client.models.list().catch(() => undefined);
    expect(fake.requests).to.have.length.greaterThan(0);
    expect(provider.spans).to.have.length(0);
  });
});
