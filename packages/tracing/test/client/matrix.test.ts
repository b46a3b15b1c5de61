import type { FakeReply } from '@llm-otel/testing';
import type { Attributes } from '@opentelemetry/api';
import { expect } from 'chai';
import { arrivalAt, runSideBySide, type Scenario } from '../support/side-by-side.js';
import { expectFailure, expectSuccess, onlySpan } from '../support/spans.js';
import { type CallStream, JSON_TEXT, type TestedApi, testedApis } from '../support/tested-apis.js';

// The default reply: 5 chunks of text, 29 characters.
const TEXT_LENGTH = 29;

const anthropicOnly = (api: TestedApi, attributes: Attributes): Attributes =>
  api.provider === 'anthropic' ? attributes : {};

const requested = (api: TestedApi, streaming = false): Attributes => ({
  'llm.provider': api.provider,
  'llm.model': api.model,
  'llm.temperature': 0.5,
  'llm.max_tokens': 100,
  'llm.prompt.message_count': api.messageCount,
  'llm.prompt.system_length': 3,
  'llm.streaming': streaming,
});
const used = (api: TestedApi): Attributes => ({
  'llm.tokens.input': 20,
  'llm.tokens.output': 8,
  'llm.tokens.total': 28,
  'llm.tokens.cache_read': 0,
  ...(api.api === 'chat' ? {} : { 'llm.tokens.cache_write': 0 }),
  ...anthropicOnly(api, { 'llm.tokens.cache_write_1h': 0 }),
  ...(api.provider === 'openai' && { 'llm.tokens.reasoning': 0 }),
});
const succeeded = { 'llm.success': true, 'llm.retry_count': 0 };
const failed = { 'llm.success': false, 'llm.retry_count': 0 };
const answered = (api: TestedApi): Attributes => ({
  'llm.stop_reason': api.stopReason,
  'llm.response.length': TEXT_LENGTH,
  'llm.service_tier': api.provider === 'openai' ? 'default' : 'standard',
  ...used(api),
});

const noRetries = { maxRetries: 0 };
const rateLimited: FakeReply = { error: { status: 429, retryAfterSeconds: 0.01 } };

async function chunksOf(stream: AsyncIterable<unknown>): Promise<unknown[]> {
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

/** The chunks up to where a stream fails, and with what. */
async function chunksAndError(stream: AsyncIterable<unknown>): Promise<unknown> {
  const chunks: unknown[] = [];
  try {
    for await (const chunk of stream) chunks.push(chunk);
    return { chunks };
  } catch (error) {
    return { chunks, error: (error as Error).constructor, message: (error as Error).message };
  }
}

for (const api of testedApis)
  describe(`${api.name}, wrapped and unwrapped`, () => {
    const span = async (scenario: Scenario) => onlySpan(await runSideBySide(api, scenario));

    it('a plain call', async () => {
      const call = await span({ replies: [{}], run: ({ create }) => create() });
      expect(call.name).to.equal(`chat ${api.model}`);
      expectSuccess(call, { ...requested(api), ...answered(api), ...succeeded });
    });

    it('the model that served it', async () => {
      const call = await span({ replies: [{ model: 'served-1' }], run: ({ create }) => create() });
      expect(call.name).to.equal(`chat ${api.model}`);
      expect(call.attributes['llm.model']).to.equal('served-1');
    });

    it('cached and reasoning tokens', async () => {
      const usage = {
        input: 125,
        output: 50,
        cacheRead: 100,
        cacheWrite: 20,
        cacheWrite1h: 5,
        reasoning: 30,
      };
      for (const method of ['create', 'createStream'] as const) {
        const call = await span({
          replies: [{ usage }],
          run: async (caller) => {
            const result = await caller[method]();
            return method === 'create' ? result : chunksOf(result as CallStream);
          },
        });
        expect(call.attributes).to.include({
          'llm.tokens.input': 125,
          'llm.tokens.output': 50,
          'llm.tokens.total': 175,
          'llm.tokens.cache_read': 100,
          'llm.tokens.reasoning': 30,
          ...anthropicOnly(api, { 'llm.tokens.cache_write': 20, 'llm.tokens.cache_write_1h': 5 }),
        });
      }
    });

    it('a tool call', async () => {
      const toolCalls = [{ name: 'search', arguments: '{"q":"x"}' }];
      const call = await span({ replies: [{ toolCalls }], run: ({ create }) => create() });
      expectSuccess(call, {
        ...requested(api),
        ...answered(api),
        ...succeeded,
        'llm.stop_reason': api.toolStopReason,
        'llm.response.length': 0,
      });
    });

    it('a tool call that is streamed', async () => {
      const toolCalls = [{ name: 'search', arguments: '{"q":"x"}' }];
      const call = await span({
        replies: [{ toolCalls }],
        run: async ({ createStream }) => chunksOf((await createStream()) as CallStream),
      });
      expect(call.attributes).to.include({
        'llm.stop_reason': api.toolStopReason,
        'llm.response.length': 0,
        'llm.tokens.output': 8,
      });
      expect(call.attributes['llm.ttft_ms']).to.be.a('number');
    });

    it('an HTTP 400', async () => {
      const error = { status: 400, message: 'quotes the prompt' };
      const call = await span({ replies: [{ error }], run: ({ create }) => create() });
      const { 'llm.error.message': message } = call.attributes;
      expect(message).to.include('quotes the prompt');
      expectFailure(call, 'invalid_request', {
        ...requested(api),
        ...failed,
        'llm.error.status': 400,
        'llm.error.message': message,
      });
    });

    it('an HTTP 429 twice, then success', async () => {
      const call = await span({ replies: [rateLimited, rateLimited, {}], run: ({ create }) => create() });
      expectSuccess(call, { ...requested(api), ...answered(api), ...succeeded, 'llm.retry_count': 2 });
      expect(call.events.map(({ name }) => name)).to.deep.equal(['llm.retry', 'llm.retry']);
      for (const [index, { attributes }] of call.events.entries()) {
        const { 'llm.retry.delay_ms': delay, ...rest } = attributes ?? {};
        expect(delay).to.be.at.least(9);
        expect(rest).to.deep.equal({
          'http.request.resend_count': index + 1,
          'http.response.status_code': 429,
          'error.type': 'rate_limit',
          'llm.error.retry_after': 0.01,
        });
      }
    });

    it('an HTTP 429 for good', async () => {
      const error = { status: 429, message: 'slow down', retryAfterSeconds: 7 };
      const call = await span({ replies: [{ error }], client: noRetries, run: ({ create }) => create() });
      expect(call.attributes).to.include({ 'llm.error.type': 'rate_limit', 'llm.error.retry_after': 7 });
    });

    for (const [status, type] of [
      [401, 'auth'],
      [500, 'api_error'],
      [529, 'overloaded'],
    ] as const)
      it(`an HTTP ${status}`, async () => {
        const call = await span({
          replies: [{ error: { status } }],
          client: noRetries,
          run: ({ create }) => create(),
        });
        expect(call.attributes).to.include({ 'llm.error.type': type, 'llm.error.status': status });
      });

    it('a timeout', async () => {
      const call = await span({
        replies: [{ hang: true }],
        client: { maxRetries: 0, timeout: 200 },
        run: ({ create }) => create(),
      });
      expectFailure(call, 'timeout', {
        ...requested(api),
        ...failed,
        'llm.error.message': 'Request timed out.',
      });
    });

    it('a timeout by the signal of the application', async () => {
      const call = await span({
        replies: [{ hang: true }],
        run: ({ create }) => create({ signal: AbortSignal.timeout(100) }),
      });
      expect(call.attributes).to.include({ ...failed, 'llm.error.type': 'timeout' });
    });

    it('a stream, and a timeout by the signal of the application', async () => {
      const call = await span({
        replies: [{ chunkDelayMillis: 2000 }],
        run: async ({ createStream }) =>
          chunksOf((await createStream({ signal: AbortSignal.timeout(300) })) as CallStream),
      });
      expect(call.attributes).to.include({ ...failed, 'llm.error.type': 'timeout' });
    });

    it('a timeout, then success', async () => {
      const call = await span({
        replies: [{ hang: true }, {}],
        client: { maxRetries: 1, timeout: 300 },
        run: ({ create }) => create(),
      });
      expect(call.attributes).to.include({ 'llm.success': true, 'llm.retry_count': 1 });
      expect(call.events[0]?.attributes).to.include({ 'error.type': 'timeout' });
    });

    it('an abort while it waits', async () => {
      const call = await span({
        replies: [{ hang: true }],
        run: async ({ create }, fake) => {
          const controller = new AbortController();
          void arrivalAt(fake).then(() => controller.abort());
          return create({ signal: controller.signal });
        },
      });
      expectFailure(call, 'aborted', {
        ...requested(api),
        ...failed,
        'llm.error.message': 'Request was aborted.',
      });
    });

    it('a stream to its end', async () => {
      let chunkCount = 0;
      const call = await span({
        replies: [{ chunkDelayMillis: 20 }],
        run: async ({ createStream }) => {
          const chunks = await chunksOf((await createStream()) as CallStream);
          chunkCount = chunks.length;
          return chunks;
        },
      });
      expectSuccess(call, {
        ...requested(api, true),
        ...answered(api),
        ...succeeded,
        'llm.chunks': chunkCount,
      });
      const { 'llm.ttft_ms': ttft, 'llm.latency_ms': latency } = call.attributes;
      expect((latency as number) - (ttft as number)).to.be.at.least(30);
    });

    it('a stream that is left early', async () => {
      const call = await span({
        replies: [{ chunkDelayMillis: 5 }],
        run: async ({ createStream }) => {
          for await (const chunk of (await createStream()) as CallStream)
            if (JSON.stringify(chunk).includes('from')) return chunk;
          return undefined;
        },
      });
      const { 'llm.chunks': chunks, ...attributes } = call.attributes;
      expect(chunks).to.be.within(2, 7);
      expect(attributes).to.include({ ...succeeded, 'llm.response.length': 'Hello from '.length });
      expect(attributes).not.to.have.any.keys('llm.stop_reason', 'llm.tokens.output', 'llm.error.type');
      // Anthropic tells the input tokens first.
      expect(attributes['llm.tokens.input']).to.equal(api.provider === 'anthropic' ? 20 : undefined);
    });

    it('a stream whose reader throws', async () => {
      const call = await span({
        replies: [{}],
        run: async ({ createStream }) => {
          for await (const _ of (await createStream()) as CallStream)
            throw new TypeError('of the application');
        },
      });
      expect(call.attributes).to.include(succeeded);
    });

    it('an error in the middle of a stream', async () => {
      const call = await span({
        replies: [{ errorAfterChunks: 2, error: { status: 500, message: 'broke' } }],
        run: async ({ createStream }) => chunksAndError((await createStream()) as CallStream),
      });
      const { 'llm.error.message': message, 'llm.response.length': length } = call.attributes;
      expect(message).to.include('broke');
      expect(length).to.equal('Hello from '.length);
      expect(call.attributes).to.include({ ...failed, 'llm.error.type': 'api_error' });
    });

    it('a connection that is cut in the middle of a stream', async () => {
      const call = await span({
        replies: [{ cutAfterChunks: 2, chunkDelayMillis: 5 }],
        run: async ({ createStream }) => chunksAndError((await createStream()) as CallStream),
      });
      expect(call.attributes).to.include({ ...failed, 'llm.error.type': 'connection' });
      expect(call.attributes['llm.chunks']).to.be.greaterThan(0);
    });

    it('an abort in the middle of a stream', async () => {
      const call = await span({
        replies: [{ chunkDelayMillis: 20 }],
        run: async ({ createStream }) => {
          const stream = (await createStream()) as CallStream;
          const chunks = [];
          for await (const chunk of stream) {
            chunks.push(chunk);
            if (JSON.stringify(chunk).includes('from')) stream.controller.abort();
          }
          return chunks;
        },
      });
      expect(call.attributes).to.include({ ...failed, 'llm.error.type': 'aborted' });
    });

    it('a rate limit before a stream', async () => {
      const call = await span({
        replies: [rateLimited, {}],
        run: async ({ createStream }) => chunksOf((await createStream()) as CallStream),
      });
      expect(call.attributes).to.include({
        'llm.success': true,
        'llm.retry_count': 1,
        'llm.tokens.total': 28,
      });
    });

    it('withResponse()', async () => {
      const call = await span({
        replies: [{}],
        run: async ({ create }) => {
          const { data, response, request_id } = await create().withResponse();
          return { data, request_id, status: response.status, bodyUsed: response.bodyUsed };
        },
      });
      expectSuccess(call, { ...requested(api), ...answered(api), ...succeeded });
    });

    it('withResponse() of a stream', async () => {
      const call = await span({
        replies: [{}],
        run: async ({ createStream }) => chunksOf((await createStream().withResponse()).data as CallStream),
      });
      expect(call.attributes).to.include({ ...succeeded, ...answered(api), 'llm.streaming': true });
    });

    it('asResponse(), whose body is left to the application', async () => {
      const call = await span({
        replies: [{}],
        run: async ({ create }) => {
          const response = await create().asResponse();
          expect(response.bodyUsed).to.equal(false);
          return response.json();
        },
      });
      expectSuccess(call, { ...requested(api), ...succeeded });
    });

    it('asResponse() of a call that fails', async () => {
      const call = await span({
        replies: [{ error: { status: 400 } }],
        run: ({ create }) => create().asResponse(),
      });
      expect(call.attributes).to.include({ ...failed, 'llm.error.status': 400 });
    });

    it('the parse() helper', async () => {
      const call = await span({ replies: [{ text: JSON_TEXT }], run: ({ parse }) => parse() });
      expectSuccess(call, {
        ...requested(api),
        ...answered(api),
        ...succeeded,
        'llm.response.length': JSON_TEXT.length,
      });
    });

    it('the parse() helper when the answer does not parse', async () => {
      const call = await span({ replies: [{ text: 'no JSON' }], run: ({ parse }) => parse() });
      // Anthropic's parses in a promise of its own, after the call has succeeded.
      expect(call.attributes['llm.success']).to.equal(api.provider === 'anthropic');
      expect(call.attributes).to.include(used(api));
    });

    it('the stream() helper', async () => {
      const call = await span({ replies: [{}], run: ({ helper }) => chunksOf(helper()) });
      expect(call.attributes).to.include({ ...requested(api, true), ...answered(api), ...succeeded });
    });

    it('the stream() helper when it is aborted', async () => {
      const call = await span({
        replies: [{ chunkDelayMillis: 20 }],
        run: async ({ helper }, fake) => {
          const stream = helper();
          void arrivalAt(fake).then(() => stream.abort());
          await stream.done();
        },
      });
      expect(call.attributes).to.include({ ...failed, 'llm.error.type': 'aborted' });
    });

    it('the stream() helper when the call fails', async () => {
      const call = await span({
        replies: [{ error: { status: 400 } }],
        run: ({ helper }) => helper().done(),
      });
      expect(call.attributes).to.include({ ...failed, 'llm.error.status': 400 });
    });

    it('calls in parallel, each with its own retries', async () => {
      const models = ['a', 'b', 'c', 'd'];
      const spans = await runSideBySide(api, {
        replier: () => {
          let limits = 2;
          return ({ body }) => ((body as { model: string }).model === 'b' && limits-- > 0 ? rateLimited : {});
        },
        run: ({ create }) =>
          Promise.all(models.map(async (model) => ((await create({}, model)) as { model: string }).model)),
      });
      expect(
        spans
          .map(({ name, attributes }) => [name, attributes['llm.model'], attributes['llm.retry_count']])
          .sort(),
      ).to.deep.equal([
        ['chat a', 'a', 0],
        ['chat b', 'b', 2],
        ['chat c', 'c', 0],
        ['chat d', 'd', 0],
      ]);
    });
  });
