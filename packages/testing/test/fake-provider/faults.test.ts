import Anthropic from '@anthropic-ai/sdk';
import { expect } from 'chai';
import OpenAI from 'openai';
import type { FakeReply } from '../../src/index.js';
import { chatRequest, collect, messagesRequest, rejection, responsesRequest, useClients } from './clients.js';

describe('fake provider: faults', () => {
  const clients = useClients();
  /** The three streaming endpoints, each called once. */
  const streams = () => {
    const { openai, anthropic } = clients();
    return [
      () => openai.chat.completions.create({ ...chatRequest, stream: true }),
      () => openai.responses.create({ ...responsesRequest, stream: true }),
      () => anthropic.messages.create({ ...messagesRequest, stream: true }),
    ] as (() => Promise<AsyncIterable<unknown>>)[];
  };

  for (const [status, openAiError, anthropicError] of [
    [400, OpenAI.BadRequestError, Anthropic.BadRequestError],
    [401, OpenAI.AuthenticationError, Anthropic.AuthenticationError],
    [403, OpenAI.PermissionDeniedError, Anthropic.PermissionDeniedError],
    [404, OpenAI.NotFoundError, Anthropic.NotFoundError],
    [429, OpenAI.RateLimitError, Anthropic.RateLimitError],
    [500, OpenAI.InternalServerError, Anthropic.InternalServerError],
    [529, OpenAI.InternalServerError, Anthropic.OverloadedError],
  ] as const)
    it(`${status} becomes the clients' ${openAiError.name} and ${anthropicError.name}`, async () => {
      const { provider, openai, anthropic } = clients();
      provider.replyAlways({ error: { status } });
      const once = { maxRetries: 0 };
      const fromOpenAi = await rejection(openai.chat.completions.create(chatRequest, once));
      expect(fromOpenAi).to.be.instanceOf(openAiError);
      expect(fromOpenAi).to.include({ status, requestID: 'req_000001' });
      const fromAnthropic = await rejection(anthropic.messages.create(messagesRequest, once));
      expect(fromAnthropic).to.be.instanceOf(anthropicError);
      expect(fromAnthropic).to.include({ status, requestID: 'req_000002' });
    });

  it("errors are in each API's own format", async () => {
    const { provider } = clients();
    provider.replyAlways({ error: { status: 429, message: 'Slow down.', retryAfterSeconds: 7 } });
    const call = async (path: string) => {
      const response = await fetch(provider.url + path, { method: 'POST', body: '{"model":"m"}' });
      return { headers: Object.fromEntries(response.headers), body: await response.json() };
    };
    const openai = await call('/v1/responses');
    expect(openai.headers).to.include({ 'retry-after': '7', 'x-request-id': 'req_000001' });
    expect(openai.body).to.deep.equal({
      error: { message: 'Slow down.', type: 'requests', param: null, code: 'rate_limit_exceeded' },
    });
    const anthropic = await call('/v1/messages');
    expect(anthropic.headers).to.include({ 'retry-after': '7', 'request-id': 'req_000002' });
    expect(anthropic.body).to.deep.equal({
      type: 'error',
      error: { type: 'rate_limit_error', message: 'Slow down.' },
      request_id: 'req_000002',
    });
  });

  it("a client's own retries are requests of their own", async () => {
    const { provider, openai, anthropic } = clients();
    const limited: FakeReply = { error: { status: 429, retryAfterSeconds: 0.005 } };
    provider.enqueue(limited, limited, { text: 'third time' });
    const completion = await openai.chat.completions.create(chatRequest);
    expect(completion.choices[0]?.message.content).to.equal('third time');
    provider.enqueue({ error: { status: 529, retryAfterSeconds: 0.005 } });
    await anthropic.messages.create(messagesRequest);
    expect(provider.requests.map(({ headers }) => headers['x-stainless-retry-count'])).to.deep.equal([
      '0',
      '1',
      '2',
      '0',
      '1',
    ]);
  });

  it('a cut comes after the given number of content chunks', async () => {
    for (const call of streams())
      for (const count of [0, 2]) {
        clients().provider.enqueue({ text: 'a b c', cutAfterChunks: count });
        const received: unknown[] = [];
        const stream = await call();
        const error = await rejection(
          (async () => {
            for await (const item of stream) received.push(item);
          })(),
        );
        expect(error).to.be.instanceOf(TypeError);
        expect(received.filter(hasContent)).to.have.length(count);
      }
    expect(clients().provider.requests.some(({ aborted }) => aborted)).to.equal(false);
  });

  it('an error event comes after the given number of content chunks', async () => {
    for (const call of streams()) {
      const error = { status: 529, message: 'Too much.' };
      clients().provider.enqueue({ text: 'a b c', errorAfterChunks: 1, error });
      const received: unknown[] = [];
      const stream = await call();
      const thrown = await rejection(
        (async () => {
          for await (const item of stream) received.push(item);
        })(),
      );
      expect([OpenAI.APIError, Anthropic.APIError]).to.include((thrown as Error).constructor);
      expect((thrown as Error).message).to.include('Too much.');
      expect(received.filter(hasContent)).to.have.length(1);
    }
  });

  it('observes latencyMillis and chunkDelayMillis', async () => {
    for (const call of streams()) {
      clients().provider.enqueue({ text: 'a b c', latencyMillis: 40, chunkDelayMillis: 20 });
      const start = performance.now();
      const stream = await call();
      const opened = performance.now() - start;
      await collect(stream);
      const whole = performance.now() - start;
      // A timer may fire up to a millisecond early.
      expect(opened).to.be.at.least(39);
      // From the start: on a busy machine the client may see late that the stream has opened.
      expect(whole).to.be.at.least(39 + 2 * 19);
    }
  });

  it('pauses between chunks, not before the first', async () => {
    for (const call of streams()) {
      clients().provider.enqueue({ text: 'a', chunkDelayMillis: 60_000 });
      await collect(await call());
    }
  });

  it('never answers when it hangs, and can still be closed', async () => {
    const { provider, openai } = clients();
    provider.enqueue({ hang: true });
    const error = await rejection(
      openai.chat.completions.create(chatRequest, { timeout: 200, maxRetries: 0 }),
    );
    expect(error).to.be.instanceOf(OpenAI.APIConnectionTimeoutError);
    expect(provider.requests).to.have.length(1);
  });

  it('records that a client left before the end', async () => {
    const { provider, openai } = clients();
    provider.enqueue({ text: 'a b c d', chunkDelayMillis: 20 });
    for await (const chunk of await openai.chat.completions.create({ ...chatRequest, stream: true }))
      if (chunk.choices[0]?.delta.content) break;
    const deadline = Date.now() + 1_000;
    while (!provider.requests[0]?.aborted && Date.now() < deadline) await new Promise(setImmediate);
    expect(provider.requests[0]?.aborted).to.equal(true);
  });
});

/** Whether a chunk or event of any of the APIs carries a piece of text. */
function hasContent(item: unknown): boolean {
  return /"(content|delta|text)":"[abc]/.test(JSON.stringify(item));
}
