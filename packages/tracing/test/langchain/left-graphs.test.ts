import { setTimeout as sleep } from 'node:timers/promises';
import Anthropic from '@anthropic-ai/sdk';
import { ChatAnthropic } from '@langchain/anthropic';
import { RunnableLambda } from '@langchain/core/runnables';
import { type StructuredTool, tool } from '@langchain/core/tools';
import { ChatOpenAI } from '@langchain/openai';
import {
  type FakeProvider,
  type RecordingProvider,
  recordingProvider,
  startFakeProvider,
} from '@llm-otel/testing';
import { expect } from 'chai';
import { createAgent } from 'langchain';
import { wrapAnthropic } from '../../src/index.js';
import { LlmTracingCallbackHandler } from '../../src/langchain/index.js';
import { treeOf } from './tree-of.js';

describe('LlmTracingCallbackHandler, a LangGraph stream that ends early', () => {
  let fake: FakeProvider;
  let provider: RecordingProvider;
  let handler: LlmTracingCallbackHandler;
  const input = { messages: [{ role: 'user', content: 'question' }] };

  beforeEach(async () => {
    fake = await startFakeProvider();
    fake.replyAlways({ chunks: ['a', 'b', 'c', 'd'], chunkDelayMillis: 50 });
    provider = recordingProvider();
    handler = new LlmTracingCallbackHandler({ tracer: provider.tracer });
  });
  afterEach(() => fake.close());

  const agent = (tools: StructuredTool[] = []) =>
    createAgent({
      model: new ChatOpenAI({
        model: 'gpt-4o',
        apiKey: 'key',
        maxRetries: 0,
        configuration: { baseURL: fake.openAiBaseUrl },
      }),
      tools,
    });
  /** The error types of the spans of the agent, its step and the call, once they have ended. */
  const errorTypes = async (count = 4) => {
    while (provider.spans.length < count) await sleep(5);
    return Object.fromEntries(provider.spans.map(({ name, attributes }) => [name, attributes['error.type']]));
  };
  const allWith = (type: string | undefined) => ({
    'invoke_agent LangGraph': type,
    __start__: undefined,
    model_request: type,
    'chat gpt-4o': type,
  });
  const isToken = (event: { event: string }) => event.event === 'on_chat_model_stream';

  it('is no failure if the application leaves its messages', async () => {
    for await (const _ of await agent().stream(input, { callbacks: [handler], streamMode: 'messages' }))
      break;
    expect(await errorTypes()).to.deep.equal(allWith(undefined));
  });

  it('is no failure if the application leaves its events', async () => {
    for await (const event of agent().streamEvents(input, { callbacks: [handler], version: 'v2' }))
      if (isToken(event)) break;
    expect(await errorTypes()).to.deep.equal(allWith(undefined));
    const call = provider.spans.find(({ name }) => name === 'chat gpt-4o');
    expect(call?.attributes).to.include({ 'llm.success': true, 'llm.streaming': true });
    expect(call?.attributes['llm.chunks']).to.be.at.least(1);
  });

  it('is a failure if the application aborts it', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const failure = await (async () => {
      for await (const event of agent().streamEvents(input, { callbacks: [handler], version: 'v2', signal }))
        if (isToken(event)) controller.abort();
    })().catch((error: Error) => error);
    expect(failure).to.have.property('name', 'AbortError');
    expect(await errorTypes()).to.deep.equal(allWith('aborted'));
  });

  it('is a failure if a timeout ends it', async () => {
    fake.replyAlways({ latencyMillis: 1000 });
    const signal = AbortSignal.timeout(100);
    const failure = await agent()
      .invoke(input, { callbacks: [handler], signal })
      .catch((error: Error) => error);
    expect(failure).to.have.property('name', 'TimeoutError');
    expect(await errorTypes()).to.deep.equal(allWith('timeout'));
  });

  it('ends its span, while the run around it continues', async () => {
    const caller = RunnableLambda.from(async (_: string, config) => {
      for await (const _ of await agent().stream(input, { ...config, streamMode: 'messages' })) break;
      await sleep(100);
      return 'done';
    });
    expect(await caller.invoke('x', { callbacks: [handler], runName: 'caller' })).to.equal('done');
    expect(await errorTypes(5)).to.deep.equal({ ...allWith(undefined), 'invoke_workflow caller': undefined });
    expect(provider.spans.at(-1)?.name).to.equal('invoke_workflow caller');
  });

  it('does not hide that the run around it is aborted later', async () => {
    const controller = new AbortController();
    const caller = RunnableLambda.from(async (_: string, config) => {
      for await (const _ of await agent().stream(input, { ...config, streamMode: 'messages' })) break;
      while (provider.spans.length < 4) await sleep(5);
      controller.abort();
      return sleep(1000, 'done', { signal: controller.signal });
    });
    const failure = await caller
      .invoke('x', { callbacks: [handler], runName: 'caller' })
      .catch((error: Error) => error);
    expect(failure).to.have.property('name', 'AbortError');
    expect(await errorTypes(5)).to.deep.equal({ ...allWith(undefined), 'invoke_workflow caller': 'aborted' });
  });

  it('ends together with the agent around it', async () => {
    fake.enqueue({ toolCalls: [{ name: 'ask', arguments: '{}' }] });
    const ask = tool((_, config) => agent().invoke(input, config), {
      name: 'ask',
      description: 'Asks another agent',
      schema: { type: 'object', properties: {} },
    });
    const stream = await agent([ask]).stream(input, {
      callbacks: [handler],
      streamMode: 'messages',
      subgraphs: true,
    });
    for await (const [, [message]] of stream) if (message.text === 'a') break;
    while (provider.spans.length < 11) await sleep(5);
    for (const { attributes } of provider.spans) expect(attributes).not.to.have.property('error.type');
    expect(treeOf(provider.spans)).to.deep.equal([
      'invoke_agent LangGraph',
      '  __start__',
      '  model_request',
      '    chat gpt-4o',
      '    RunnableLambda',
      '  tools',
      '    execute_tool ask',
      '      invoke_agent LangGraph',
      '        __start__',
      '        model_request',
      '          chat gpt-4o',
    ]);
  });

  it('is no failure for a wrapped client below it', async () => {
    const client = wrapAnthropic(new Anthropic({ apiKey: 'key', baseURL: fake.anthropicBaseUrl }), {
      tracer: provider.tracer,
    });
    const model = new ChatAnthropic({ model: 'claude-opus-4-1', maxRetries: 0, createClient: () => client });
    const graph = createAgent({ model, tools: [] });
    for await (const _ of await graph.stream(input, { streamMode: 'messages' })) break;
    expect(await errorTypes(1)).to.deep.equal({ 'chat claude-opus-4-1': undefined });
  });
});
