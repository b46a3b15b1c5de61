import Anthropic from '@anthropic-ai/sdk';
import {
  type FakeProvider,
  type RecordingProvider,
  recordingProvider,
  startFakeProvider,
} from '@llm-otel/testing';
import { expect } from 'chai';
import OpenAI from 'openai';
import { wrapAnthropic, wrapOpenAI } from '../../src/index.js';
import { onlySpan } from '../support/spans.js';

describe('the outcome of an earlier call', () => {
  let fake: FakeProvider;
  let provider: RecordingProvider;
  let openai: OpenAI;
  let plain: OpenAI;
  beforeEach(async () => {
    fake = await startFakeProvider();
    provider = recordingProvider();
    plain = new OpenAI({ apiKey: 'key', baseURL: fake.openAiBaseUrl });
    openai = wrapOpenAI(plain, { tracer: provider.tracer });
  });
  afterEach(() => fake.close());

  it('of a batch is one span when it is complete, with its tokens and times', async () => {
    fake.enqueue({ stopReason: 'in_progress' }, { usage: { input: 1000, output: 200, cacheRead: 100 } });
    expect((await openai.batches.retrieve('batch_1')).status).to.equal('in_progress');
    expect(provider.spans).to.have.length(0);
    await openai.batches.retrieve('batch_1');
    await openai.batches.retrieve('batch_1');
    const [span] = provider.spans;
    expect(provider.spans).to.have.length(1);
    expect(span?.name).to.equal('batch gpt-4o');
    expect(span?.attributes).to.include({
      'llm.provider': 'openai',
      'llm.model': 'gpt-4o',
      'llm.service_tier': 'batch',
      'llm.tokens.input': 1000,
      'llm.tokens.output': 200,
      'llm.tokens.cache_read': 100,
      'llm.latency_ms': 3_600_000,
      'llm.success': true,
    });
    expect(span?.duration).to.deep.equal([3600, 0]);
  });

  it('of a background response is one span when it is over', async () => {
    fake.enqueue({ stopReason: 'queued' }, { stopReason: 'in_progress' });
    for (let poll = 0; poll < 4; poll++) await openai.responses.retrieve('resp_1');
    expect(provider.spans).to.have.length(1);
    const [span] = provider.spans;
    expect(span?.name).to.equal('chat gpt-4o');
    expect(span?.attributes).to.include({
      'llm.stop_reason': 'completed',
      'llm.tokens.total': 28,
      'llm.latency_ms': 60_000,
    });
  });

  it('of a background response is counted once, although its stream has reported it already', async () => {
    const body = { model: 'gpt-4o', input: 'question', background: true, stream: true } as const;
    let id = '';
    for await (const event of await openai.responses.create(body))
      if (event.type === 'response.completed') id = event.response.id;
    await openai.responses.retrieve(id);
    expect(onlySpan(provider.spans).attributes).to.include({ 'llm.streaming': true, 'llm.tokens.total': 28 });
  });

  it('of a background response is one span if it is streamed again', async () => {
    const read = async (client: OpenAI) => {
      const events = [];
      for await (const event of await client.responses.retrieve('resp_2', { stream: true }))
        events.push(event);
      return JSON.parse(JSON.stringify(events).replace(/_\d{6}/g, ''));
    };
    expect(await read(openai)).to.deep.equal(await read(plain));
    expect(provider.spans).to.have.length(1);
    for await (const _ of openai.responses.stream({ response_id: 'resp_2' }));
    await openai.responses.retrieve('resp_2');
    expect(provider.spans).to.have.length(1);
    expect(provider.spans[0]?.attributes).to.include({
      'llm.stop_reason': 'completed',
      'llm.tokens.total': 28,
      'llm.success': true,
    });
  });

  it('is returned as by the unwrapped client, in a promise of the same class', async () => {
    const retrieve = (client: OpenAI) => client.batches.retrieve('batch_2');
    expect(retrieve(openai).constructor).to.equal(retrieve(plain).constructor);
    const [data, other] = [await retrieve(openai).withResponse(), await retrieve(plain).withResponse()];
    expect(data.data).to.deep.equal(other.data);
    expect(data.response.status).to.equal(200);
    expect(await (await retrieve(openai).asResponse()).json()).to.deep.equal(other.data);
    fake.enqueue({ error: { status: 404 } }, { error: { status: 404 } });
    const errors = [];
    for (const client of [openai, plain])
      errors.push(
        await retrieve(client).catch((error: Error) => ({
          ...error,
          headers: undefined,
          requestID: undefined,
        })),
      );
    expect(errors[0]).to.deep.equal(errors[1]);
  });

  for (const path of ['messages', 'beta.messages'] as const)
    it(`of Anthropic's ${path}.batches.results is one span with the tokens of all messages`, async () => {
      fake.replyAlways({ usage: { input: 100, output: 50, cacheRead: 60 } });
      const client = new Anthropic({ apiKey: 'key', baseURL: fake.anthropicBaseUrl });
      const results = [];
      for (const each of [client, wrapAnthropic(client, { tracer: provider.tracer })]) {
        const { batches } = path === 'messages' ? each.messages : each.beta.messages;
        const read = [];
        for await (const result of await batches.results('msgbatch_1')) read.push(result.custom_id);
        results.push(read);
      }
      expect(results).to.deep.equal(Array(2).fill(['a', 'b', 'c']));
      const span = onlySpan(provider.spans);
      expect(span.name).to.equal('batch');
      expect(span.attributes).to.include({
        'llm.model': 'claude-opus-4-1',
        'llm.service_tier': 'batch',
        'llm.tokens.input': 200,
        'llm.tokens.output': 100,
        'llm.tokens.cache_read': 120,
        'llm.chunks': 3,
        // Asking for the batch comes before asking for its results, and is no attempt at that.
        'llm.retry_count': 0,
      });
    });

  it('of counting tokens has no span', async () => {
    const client = wrapAnthropic(
      new Anthropic({ apiKey: 'key', baseURL: fake.anthropicBaseUrl, maxRetries: 0 }),
      { tracer: provider.tracer },
    );
    await client.messages.countTokens({ model: 'm', messages: [] }).catch(() => undefined);
    expect(fake.requests).to.have.length(1);
    expect(provider.spans).to.have.length(0);
  });
});
