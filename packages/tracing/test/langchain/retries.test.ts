import Anthropic from '@anthropic-ai/sdk';
import { ChatAnthropic } from '@langchain/anthropic';
import { HumanMessage } from '@langchain/core/messages';
import { FakeListChatModel } from '@langchain/core/utils/testing';
import { ChatOpenAI } from '@langchain/openai';
import {
  type FakeProvider,
  type RecordingProvider,
  recordingProvider,
  startFakeProvider,
} from '@llm-otel/testing';
import { expect } from 'chai';
import { wrapAnthropic } from '../../src/index.js';
import { LlmTracingCallbackHandler } from '../../src/langchain/index.js';
import { onlySpan } from '../support/spans.js';

describe('LlmTracingCallbackHandler and the retries of LangChain', () => {
  let fake: FakeProvider;
  let provider: RecordingProvider;
  let handler: LlmTracingCallbackHandler;
  beforeEach(async () => {
    fake = await startFakeProvider();
    provider = recordingProvider();
    handler = new LlmTracingCallbackHandler({ tracer: provider.tracer });
  });
  afterEach(() => fake.close());

  const models = {
    ChatOpenAI: (maxRetries: number) =>
      new ChatOpenAI({
        model: 'gpt-4o',
        apiKey: 'key',
        maxRetries,
        configuration: { baseURL: fake.openAiBaseUrl },
      }),
    ChatAnthropic: (maxRetries: number) =>
      new ChatAnthropic({
        model: 'claude-opus-4-1',
        apiKey: 'key',
        maxRetries,
        anthropicApiUrl: fake.anthropicBaseUrl,
      }),
  };
  for (const [name, connect] of Object.entries(models)) {
    it(`counts those of ${name}, with their causes`, async () => {
      fake.enqueue({ error: { status: 429, retryAfterSeconds: 0.01 } });
      await connect(1).invoke('question', { callbacks: [handler] });
      const { attributes, events } = onlySpan(provider.spans);
      expect(attributes).to.include({ 'llm.retry_count': 1, 'llm.success': true });
      expect(events.map((event) => event.name)).to.deep.equal(['llm.retry']);
      expect(events[0]?.attributes).to.include({
        'http.request.resend_count': 1,
        'http.response.status_code': 429,
        'error.type': 'rate_limit',
        'llm.error.retry_after': 0.01,
      });
      expect(events[0]?.attributes?.['llm.retry.delay_ms']).to.be.greaterThan(5);
    });

    it(`counts none if ${name} makes none`, async () => {
      const model = connect(1);
      await model.invoke('question', { callbacks: [handler] });
      for await (const _ of await model.stream('question', { callbacks: [handler] }));
      expect(provider.spans.map(({ attributes }) => attributes['llm.retry_count'])).to.deep.equal([0, 0]);
    });
  }

  it('counts one after a failed connection', async () => {
    const closed = await startFakeProvider();
    await closed.close();
    const model = new ChatOpenAI({
      model: 'gpt-4o',
      apiKey: 'key',
      maxRetries: 1,
      configuration: { baseURL: closed.openAiBaseUrl },
    });
    await model.invoke('question', { callbacks: [handler] }).catch(() => undefined);
    const { attributes, events } = onlySpan(provider.spans);
    expect(attributes).to.include({ 'llm.retry_count': 1, 'llm.error.type': 'connection' });
    expect(events.map((event) => event.attributes?.['error.type'])).to.deep.equal(['connection']);
  });

  it('keeps those of parallel calls apart', async () => {
    fake.enqueue({ error: { status: 500 } });
    const model = models.ChatOpenAI(1);
    await Promise.all([1, 2, 3].map(() => model.invoke('question', { callbacks: [handler] })));
    const counts = provider.spans.map(({ attributes }) => attributes['llm.retry_count']);
    expect(counts.sort()).to.deep.equal([0, 0, 1]);
  });

  it('counts those of a traced client below the run on both spans', async () => {
    fake.enqueue({ error: { status: 500 } });
    const client = wrapAnthropic(
      new Anthropic({ apiKey: 'key', baseURL: fake.anthropicBaseUrl, maxRetries: 1 }),
      { tracer: provider.tracer },
    );
    const model = new ChatAnthropic({ model: 'claude-opus-4-1', maxRetries: 0, createClient: () => client });
    await model.invoke('question', { callbacks: [handler] });
    expect(provider.spans.map(({ attributes }) => attributes['llm.retry_count'])).to.deep.equal([1, 1]);
  });

  describe('of several prompts', () => {
    const prompts = [1, 2, 3].map((number) => [new HumanMessage(`question ${number}`)]);
    const countsOf = (isRun: boolean) =>
      new Map(
        provider.spans
          .filter(({ parentSpanContext }) => (parentSpanContext === undefined) === isRun)
          .map((span) => [
            (isRun ? span.spanContext() : span.parentSpanContext)?.spanId,
            span.attributes['llm.retry_count'],
          ]),
      );

    it('counts those of a traced client on the run that they belong to', async () => {
      fake.enqueue({ error: { status: 500 } });
      const client = wrapAnthropic(
        new Anthropic({ apiKey: 'key', baseURL: fake.anthropicBaseUrl, maxRetries: 1 }),
        { tracer: provider.tracer },
      );
      const model = new ChatAnthropic({
        model: 'claude-opus-4-1',
        maxRetries: 0,
        createClient: () => client,
      });
      await model.generate(prompts, undefined, [handler]);
      expect([...countsOf(true).values()].sort()).to.deep.equal([0, 0, 1]);
      expect(Object.fromEntries(countsOf(true))).to.deep.equal(Object.fromEntries(countsOf(false)));
    });

    it('leaves the count unknown for an untraced client, whose run is not known', async () => {
      fake.enqueue({ error: { status: 500 } });
      await models.ChatAnthropic(1).generate(prompts, undefined, [handler]);
      expect([...countsOf(true).values()]).to.deep.equal([undefined, undefined, undefined]);
    });
  });

  it('leaves the count unknown for a model that does not use fetch', async () => {
    await new FakeListChatModel({ responses: ['x'] }).invoke('question', { callbacks: [handler] });
    expect(onlySpan(provider.spans).attributes).not.to.have.property('llm.retry_count');
  });
});
