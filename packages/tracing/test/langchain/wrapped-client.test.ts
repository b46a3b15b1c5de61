import Anthropic from '@anthropic-ai/sdk';
import { ChatAnthropic } from '@langchain/anthropic';
import { HumanMessage } from '@langchain/core/messages';
import { RunnableLambda, RunnableParallel } from '@langchain/core/runnables';
import { tool } from '@langchain/core/tools';
import { LlmCostSpanProcessor } from '@llm-otel/cost-span-processor';
import {
  type FakeProvider,
  installContextManager,
  type RecordingProvider,
  recordingProvider,
  startFakeProvider,
} from '@llm-otel/testing';
import { trace } from '@opentelemetry/api';
import { expect } from 'chai';
import { createAgent } from 'langchain';
import { wrapAnthropic } from '../../src/index.js';
import { LlmTracingCallbackHandler } from '../../src/langchain/index.js';
import { treeOf } from './tree-of.js';

const usage = { input: 1000, output: 300, cacheRead: 200 };
const request = {
  model: 'claude-opus-4-1',
  max_tokens: 9,
  messages: [{ role: 'user' as const, content: 'x' }],
};
const costOfOne = 0.0348;

for (const hasContextManager of [true, false])
  describe(`LlmTracingCallbackHandler, the client wrapped too, ${hasContextManager ? 'with' : 'without'} a context manager`, () => {
    let fake: FakeProvider;
    let provider: RecordingProvider;
    let handler: LlmTracingCallbackHandler;
    let wrapped: Anthropic;
    let model: ChatAnthropic;
    let uninstall: () => void;

    beforeEach(async () => {
      uninstall = hasContextManager ? installContextManager() : () => undefined;
      fake = await startFakeProvider();
      fake.replyAlways({ text: 'Hello.', usage });
      provider = recordingProvider([new LlmCostSpanProcessor()]);
      const { tracer } = provider;
      handler = new LlmTracingCallbackHandler({ tracer });
      wrapped = wrapAnthropic(new Anthropic({ apiKey: 'key', baseURL: fake.anthropicBaseUrl }), { tracer });
      model = new ChatAnthropic({
        model: 'claude-opus-4-1',
        maxTokens: 100,
        maxRetries: 0,
        createClient: () => wrapped,
      });
    });
    afterEach(async () => {
      uninstall();
      await fake.close();
    });

    const costs = () => provider.spans.map(({ attributes }) => attributes['llm.cost_usd']).filter(Number);
    const pair = ['chat claude-opus-4-1', '  chat claude-opus-4-1'];

    it('makes the call of the client a child of the run, and prices the two once', async () => {
      await model.invoke('question', { callbacks: [handler] });
      expect(treeOf(provider.spans)).to.deep.equal(pair);
      expect(costs()).to.deep.equal([costOfOne]);
      const [run] = provider.spans.slice(-1);
      expect(run?.attributes).to.include({ 'llm.cost.status': 'counted_in_child' });
    });

    it('does so for streams', async () => {
      for await (const _ of await model.stream('question', { callbacks: [handler] }));
      expect(treeOf(provider.spans)).to.deep.equal(pair);
      expect(costs()).to.deep.equal([costOfOne]);
    });

    it('gives each of several prompts the call that is made for it', async () => {
      await model.generate(
        [1, 2, 3].map((number) => [new HumanMessage(`question ${number}`)]),
        undefined,
        [handler],
      );
      expect(treeOf(provider.spans)).to.deep.equal([...pair, ...pair, ...pair]);
      expect(costs()).to.deep.equal(Array(3).fill(costOfOne));
    });

    it('gives each of several prompts the further attempts that LangChain makes for it', async () => {
      fake.enqueue({ error: { status: 500 } });
      const retrying = new ChatAnthropic({
        model: 'claude-opus-4-1',
        maxTokens: 100,
        maxRetries: 1,
        createClient: () => wrapped.withOptions({ maxRetries: 0 }),
      });
      const questions = [1, 2, 3].map((number) => [new HumanMessage(`question ${number}`)]);
      await retrying.generate(questions, undefined, [handler]);
      const [call = '', below = ''] = pair;
      expect(treeOf(provider.spans).sort()).to.deep.equal([below, below, below, below, call, call, call]);
      expect(costs()).to.deep.equal(Array(3).fill(costOfOne));
    });

    it('keeps parallel runs apart', async () => {
      const both = RunnableParallel.from({ left: model, right: model });
      await Promise.all([1, 2].map(() => both.invoke('question', { callbacks: [handler] })));
      const tree = ['invoke_workflow RunnableMap', ...[...pair, ...pair].map((line) => `  ${line}`)];
      expect(treeOf(provider.spans)).to.deep.equal([...tree, ...tree]);
      expect(costs()).to.deep.equal(Array(4).fill(costOfOne));
    });

    it('does so for the calls of an agent', async () => {
      fake.enqueue({ text: 'Let me add.', usage, toolCalls: [{ name: 'add', arguments: '{"a":1}' }] });
      const add = tool(() => '3', {
        name: 'add',
        description: 'adds',
        schema: { type: 'object', properties: {} },
      });
      const agent = createAgent({ model, tools: [add] });
      await agent.invoke({ messages: [new HumanMessage('1 + 2?')] }, { callbacks: [handler] });
      const tree = treeOf(provider.spans).map((line) => line.trim());
      expect(tree.filter((name) => name === 'chat claude-opus-4-1')).to.have.length(4);
      expect(costs()).to.deep.equal([costOfOne, costOfOne]);
    });

    it('leaves calls that the application makes itself out of the run', async () => {
      const running = model.invoke('question', { callbacks: [handler] });
      await Promise.all([running, wrapped.messages.create(request)]);
      await wrapped.messages.create(request);
      const step = RunnableLambda.from(async () => {
        await model.invoke('question');
        return wrapped.messages.create(request);
      });
      await step.invoke('x', { callbacks: [handler] });
      expect(costs()).to.deep.equal(Array(5).fill(costOfOne));
      expect(treeOf(provider.spans).filter((line) => line === 'chat claude-opus-4-1')).to.have.length(4);
    });

    it('has no children once the run is over', async () => {
      handler.handleChatModelStart({}, [[]], 'run');
      await wrapped.messages.create(request);
      handler.handleLLMEnd({}, 'run');
      await wrapped.messages.create(request);
      expect(treeOf(provider.spans)).to.have.members([
        'chat',
        '  chat claude-opus-4-1',
        'chat claude-opus-4-1',
      ]);
    });

    if (hasContextManager)
      it('leaves a span that is nearer to the call where it is', async () => {
        const near = new ChatAnthropic({
          model: 'claude-opus-4-1',
          maxTokens: 100,
          createClient: () =>
            ({
              ...wrapped,
              messages: {
                create: (...args: Parameters<Anthropic['messages']['create']>) =>
                  provider.tracer.startActiveSpan('near', (span) =>
                    Promise.resolve(wrapped.messages.create(...args)).finally(() => span.end()),
                  ),
              },
            }) as never,
        });
        await near.invoke('question', { callbacks: [handler] });
        const [call, nearer] = provider.spans;
        expect([call?.name, nearer?.name]).to.deep.equal(['chat claude-opus-4-1', 'near']);
        expect(call?.parentSpanContext?.spanId).to.equal(nearer?.spanContext().spanId);
        expect(trace.getActiveSpan()).to.equal(undefined);
      });
  });
