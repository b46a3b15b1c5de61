import { ChatAnthropic } from '@langchain/anthropic';
import { BaseCallbackHandler } from '@langchain/core/callbacks/base';
import { HumanMessage, SystemMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { ChatOpenAI } from '@langchain/openai';
import { LlmCostSpanProcessor } from '@llm-otel/cost-span-processor';
import { LlmRedactionSpanProcessor } from '@llm-otel/redaction-span-processor';
import { type FakeProvider, type FakeReply, recordingProvider, startFakeProvider } from '@llm-otel/testing';
import { expect } from 'chai';
import { createAgent } from 'langchain';
import { LlmTracingCallbackHandler } from '../../src/langchain/index.js';
import { onlySpan } from '../support/spans.js';
import { treeOf } from './tree-of.js';

interface TestedModel {
  readonly name: string;
  readonly provider: string;
  readonly model: string;
  connect(fake: FakeProvider, maxRetries?: number): ChatOpenAI | ChatAnthropic;
}

const openAi = (useResponsesApi: boolean, name: string): TestedModel => ({
  name,
  provider: 'openai',
  model: 'gpt-4o',
  connect: (fake, maxRetries = 0) =>
    new ChatOpenAI({
      model: 'gpt-4o',
      temperature: 0.5,
      topP: 0.9,
      maxTokens: 100,
      apiKey: 'key',
      maxRetries,
      useResponsesApi,
      streamUsage: true,
      configuration: { baseURL: fake.openAiBaseUrl },
    }),
});

const models: readonly TestedModel[] = [
  openAi(false, 'ChatOpenAI'),
  openAi(true, 'ChatOpenAI with the responses API'),
  {
    name: 'ChatAnthropic',
    provider: 'anthropic',
    model: 'claude-opus-4-1',
    connect: (fake, maxRetries = 0) =>
      new ChatAnthropic({
        model: 'claude-opus-4-1',
        temperature: 0.5,
        maxTokens: 100,
        apiKey: 'key',
        maxRetries,
        anthropicApiUrl: fake.anthropicBaseUrl,
      }),
  },
];

const prompt = [new SystemMessage('sys CANARY-SYSTEM'), new HumanMessage('CANARY-PROMPT')];
const usage = { input: 1000, output: 300, cacheRead: 200 };

for (const { name, provider, model, connect } of models)
  describe(`LlmTracingCallbackHandler with ${name}`, () => {
    let fake: FakeProvider;
    before(async () => {
      fake = await startFakeProvider();
    });
    after(() => fake.close());

    it('records a call as the contract has it, and what it costs', async () => {
      const { tracer, spans } = recordingProvider([new LlmCostSpanProcessor()]);
      const handler = new LlmTracingCallbackHandler({ tracer });
      fake.enqueue({ text: 'Hello.', usage });
      await connect(fake).invoke(prompt, { callbacks: [handler] });
      const span = onlySpan(spans);
      expect(span.name).to.equal(`chat ${model}`);
      expect(span.attributes).to.include({
        'llm.provider': provider,
        'llm.model': model,
        'llm.temperature': 0.5,
        'llm.max_tokens': 100,
        'llm.streaming': false,
        'llm.tokens.input': 1000,
        'llm.tokens.output': 300,
        'llm.tokens.total': 1300,
        'llm.tokens.cache_read': 200,
        'llm.prompt.message_count': 2,
        'llm.prompt.system_length': 17,
        'llm.response.length': 6,
        'llm.success': true,
      });
      expect(span.attributes['llm.stop_reason']).to.be.oneOf(['stop', 'completed', 'end_turn']);
      expect(span.attributes['llm.cost_usd']).to.be.greaterThan(0);
    });

    it('records a stream, with its usage and the time to its first token', async () => {
      const { tracer, spans } = recordingProvider([new LlmCostSpanProcessor()]);
      const handler = new LlmTracingCallbackHandler({ tracer });
      fake.enqueue({ text: 'One two three four.', latencyMillis: 30, chunkDelayMillis: 5, usage });
      for await (const _ of await connect(fake).stream(prompt, { callbacks: [handler] }));
      const { attributes } = onlySpan(spans);
      expect(attributes).to.include({
        'llm.streaming': true,
        'llm.tokens.input': 1000,
        'llm.tokens.output': 300,
        'llm.response.length': 19,
        'llm.success': true,
      });
      expect(attributes['llm.stop_reason']).to.be.oneOf(['stop', 'completed', 'end_turn']);
      expect(attributes['llm.chunks']).to.be.at.least(4);
      expect(attributes['llm.ttft_ms']).to.be.within(25, attributes['llm.latency_ms'] as number);
    });

    it('tells what only the GenAI conventions do, streamed or not', async () => {
      const { tracer, spans } = recordingProvider();
      const callbacks = [new LlmTracingCallbackHandler({ tracer, conventions: ['gen_ai'] })];
      const chat = connect(fake).withConfig({ callbacks, metadata: { thread_id: 'thread 1' } });
      await chat.invoke(prompt);
      for await (const _ of await chat.stream(prompt));
      expect(spans).to.have.length(2);
      for (const { attributes } of spans) {
        expect(attributes).to.include({ 'gen_ai.conversation.id': 'thread 1' });
        expect(attributes['gen_ai.response.id']).to.match(/^(chatcmpl-|resp_|msg_)\d+$/);
        if (provider === 'openai') expect(attributes).to.include({ 'gen_ai.request.top_p': 0.9 });
      }
    });

    it('tells what the price depends on, streamed or not, as a wrapped client does', async () => {
      const { tracer, spans } = recordingProvider([new LlmCostSpanProcessor()]);
      const handler = new LlmTracingCallbackHandler({ tracer });
      const anthropic = provider === 'anthropic';
      const cached = { cacheWrite: anthropic ? 100 : 0, cacheWrite1h: anthropic ? 40 : 0 };
      const reply = { usage: { ...usage, ...cached, reasoning: 30 } };
      fake.enqueue(reply, reply);
      await connect(fake).invoke(prompt, { callbacks: [handler] });
      for await (const _ of await connect(fake).stream(prompt, { callbacks: [handler] }));
      const [plain, streamed] = spans;
      if (anthropic)
        expect(plain?.attributes).to.include({
          'llm.tokens.cache_write': 100,
          'llm.tokens.cache_write_1h': 40,
          'llm.tokens.reasoning': 30,
        });
      else expect(plain?.attributes).to.include({ 'llm.tokens.reasoning': 30 });
      expect(plain?.attributes['llm.cost_usd']).to.be.greaterThan(0);
      expect(streamed?.attributes['llm.cost_usd']).to.equal(plain?.attributes['llm.cost_usd']);
    });

    it('records errors by their class', async () => {
      const { tracer, spans } = recordingProvider();
      const handler = new LlmTracingCallbackHandler({ tracer });
      const replies: [FakeReply, string][] = [
        [{ error: { status: 400 } }, 'invalid_request'],
        [{ error: { status: 401 } }, 'auth'],
        [{ error: { status: 429 } }, 'rate_limit'],
        [{ error: { status: 500 } }, 'api_error'],
      ];
      for (const [reply] of replies) {
        fake.enqueue(reply);
        const error = await connect(fake)
          .invoke(prompt, { callbacks: [handler] })
          .catch((reason) => reason);
        expect(error).to.be.instanceOf(Error);
      }
      expect(spans.map(({ attributes }) => attributes['llm.error.type'])).to.deep.equal(
        replies.map(([, type]) => type),
      );
    });

    it('records a stream that LangGraph has told as events', async () => {
      const { tracer, spans } = recordingProvider();
      // As the handler of LangGraph's streamEvents() asks for them.
      const graph = Object.assign(BaseCallbackHandler.fromMethods({}), {
        lc_prefer_chat_model_stream_events: true,
      });
      const callbacks = [graph, new LlmTracingCallbackHandler({ tracer })];
      fake.enqueue({ text: 'One two.', usage }, { text: 'One two three.', cutAfterChunks: 2 });
      await connect(fake).invoke(prompt, { callbacks });
      await connect(fake)
        .invoke(prompt, { callbacks })
        .catch(() => undefined);
      const [whole, broken] = spans;
      expect(whole?.attributes).to.include({
        'llm.streaming': true,
        'llm.tokens.input': 1000,
        'llm.tokens.output': 300,
        'llm.tokens.cache_read': 200,
        'llm.response.length': 8,
      });
      expect(whole?.attributes['llm.chunks']).to.be.at.least(4);
      expect(whole?.attributes['llm.ttft_ms']).to.be.a('number');
      expect(broken?.attributes).to.include({ 'llm.success': false, 'llm.streaming': true });
    });

    it('records a stream that breaks and one that is aborted', async () => {
      const { tracer, spans } = recordingProvider();
      const handler = new LlmTracingCallbackHandler({ tracer });
      const drain = async (signal?: AbortSignal) => {
        const config = { callbacks: [handler], ...(signal && { signal }) };
        for await (const _ of await connect(fake).stream(prompt, config));
      };
      fake.enqueue(
        { text: 'One two three.', cutAfterChunks: 2 },
        { text: 'One two', chunkDelayMillis: 2000 },
      );
      await drain().catch(() => undefined);
      await drain(AbortSignal.timeout(150)).catch(() => undefined);
      const [broken, aborted] = spans;
      expect(broken?.attributes['llm.success']).to.equal(false);
      expect(aborted?.attributes['llm.success']).to.equal(false);
      expect(aborted?.attributes['llm.error.type']).to.be.oneOf(['aborted', 'timeout']);
    });

    it('makes a tree of an agent, with the cost on its calls alone', async () => {
      const { tracer, spans } = recordingProvider([new LlmCostSpanProcessor()]);
      const handler = new LlmTracingCallbackHandler({ tracer, conventions: ['llm', 'gen_ai'] });
      fake.enqueue(
        { toolCalls: [{ name: 'add', arguments: '{"a":1,"b":2}' }], usage },
        { text: 'Three.', usage },
      );
      const agent = createAgent({ model: connect(fake), tools: [add], name: 'calculator' });
      const config = { callbacks: [handler], configurable: { thread_id: 'thread 1' } };
      await agent.invoke({ messages: [{ role: 'user', content: '1 + 2' }] }, config);
      const tree = treeOf(spans).map((line) => line.trim());
      expect(tree[0]).to.equal('invoke_agent calculator');
      expect(tree.filter((line) => line === `chat ${model}`)).to.have.length(2);
      expect(tree.filter((line) => line === 'execute_tool add')).to.have.length(1);
      const priced = spans.filter(({ attributes }) => attributes['llm.cost_usd'] !== undefined);
      expect(priced.map(({ name }) => name)).to.deep.equal([`chat ${model}`, `chat ${model}`]);
      const root = spans.find((span) => span.name === 'invoke_agent calculator');
      expect(root?.attributes).to.include({
        'gen_ai.operation.name': 'invoke_agent',
        'gen_ai.agent.name': 'calculator',
        'gen_ai.conversation.id': 'thread 1',
      });
      for (const { attributes } of priced)
        expect(attributes).to.include({ 'gen_ai.conversation.id': 'thread 1' });
      expect(new Set(spans.map((span) => span.spanContext().traceId)).size).to.equal(1);
    });

    it('records content on request alone, and none behind redaction', async () => {
      for (const [captureContent, processors, leaks] of [
        [false, [], false],
        [true, [], true],
        [true, [new LlmRedactionSpanProcessor()], false],
      ] as const) {
        const { tracer, spans } = recordingProvider(processors);
        const handler = new LlmTracingCallbackHandler({
          tracer,
          captureContent,
          conventions: ['llm', 'gen_ai'],
        });
        fake.enqueue(
          { toolCalls: [{ name: 'add', arguments: '{"a":1,"b":2,"why":"CANARY-ARGUMENTS"}' }] },
          { text: 'CANARY-RESPONSE' },
        );
        const agent = createAgent({ model: connect(fake), tools: [add] });
        await agent.invoke({ messages: prompt }, { callbacks: [handler] });
        const text = JSON.stringify(
          spans.map(({ attributes, events, status }) => [attributes, events, status]),
        );
        for (const part of ['SYSTEM', 'PROMPT', 'ARGUMENTS', 'RESULT', 'RESPONSE'])
          expect(text.includes(`CANARY-${part}`), `CANARY-${part}`).to.equal(leaks);
      }
    });
  });

const add = tool(async ({ a, b }: { a: number; b: number }) => `CANARY-RESULT ${a + b}`, {
  name: 'add',
  description: 'Adds',
  schema: {
    type: 'object',
    properties: { a: { type: 'number' }, b: { type: 'number' }, why: { type: 'string' } },
    required: ['a', 'b'],
  },
});
