import { randomUUID } from 'node:crypto';
import { InMemoryCache } from '@langchain/core/caches';
import { Document } from '@langchain/core/documents';
import { StringOutputParser } from '@langchain/core/output_parsers';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { BaseRetriever } from '@langchain/core/retrievers';
import { type Runnable, RunnableLambda, RunnableParallel } from '@langchain/core/runnables';
import { tool } from '@langchain/core/tools';
import { FakeListChatModel, FakeLLM } from '@langchain/core/utils/testing';
import { collectGarbageUntil, recordDiag, recordingProvider, sdkLines } from '@llm-otel/testing';
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { expect } from 'chai';
import { LlmTracingCallbackHandler } from '../../src/langchain/index.js';
import { treeOf } from './tree-of.js';

const conventions = ['llm', 'gen_ai'] as const;
const says = (...responses: string[]) => new FakeListChatModel({ responses });

describe('LlmTracingCallbackHandler', () => {
  for (const sdk of sdkLines)
    it(`makes a tree of a chain's steps on SDK ${sdk.name}`, async () => {
      const { tracer, spans } = recordingProvider([], { sdk });
      const handler = new LlmTracingCallbackHandler({ tracer, conventions });
      const chain = ChatPromptTemplate.fromTemplate('Tell {what}')
        .pipe(says('A joke.'))
        .pipe(new StringOutputParser())
        .withConfig({ runName: 'joker' });
      expect(await chain.invoke({ what: 'a joke' }, { callbacks: [handler] })).to.equal('A joke.');
      expect(treeOf(spans)).to.deep.equal([
        'invoke_workflow joker',
        '  ChatPromptTemplate',
        '  chat',
        '  StrOutputParser',
      ]);
      const [workflow] = spans.slice(-1);
      expect(workflow?.kind).to.equal(SpanKind.INTERNAL);
      expect(workflow?.attributes).to.deep.equal({
        'gen_ai.operation.name': 'invoke_workflow',
        'gen_ai.agent.name': 'joker',
        'gen_ai.workflow.name': 'joker',
      });
    });

  it('keeps parallel runs of one handler apart', async () => {
    const { tracer, spans } = recordingProvider();
    const handler = new LlmTracingCallbackHandler({ tracer, conventions });
    const branch = (name: string, sleep: number) =>
      new FakeListChatModel({ responses: [name], sleep })
        .pipe(new StringOutputParser())
        .withConfig({ runName: name });
    const both = RunnableParallel.from({ left: branch('left', 30), right: branch('right', 5) });
    await Promise.all(
      ['one', 'two', 'three'].map((runName) => both.invoke('question', { callbacks: [handler], runName })),
    );
    const trees = ['one', 'two', 'three'].map((name) => [
      `invoke_workflow ${name}`,
      '  left',
      '    chat',
      '    StrOutputParser',
      '  right',
      '    chat',
      '    StrOutputParser',
    ]);
    expect(treeOf(spans, true)).to.deep.equal(trees.flat());
    expect(new Set(spans.map((span) => span.spanContext().traceId)).size).to.equal(3);
  });

  it('makes a root run a child of the active span, if there is one', async () => {
    const { tracer, spans } = recordingProvider();
    const handler = new LlmTracingCallbackHandler({ tracer });
    const parent = tracer.startSpan('request');
    const { AsyncLocalStorageContextManager } = await import('@opentelemetry/context-async-hooks');
    const manager = new AsyncLocalStorageContextManager().enable();
    context.setGlobalContextManager(manager);
    try {
      await context.with(trace.setSpan(context.active(), parent), () =>
        says('x').invoke('question', { callbacks: [handler] }),
      );
    } finally {
      context.disable();
    }
    await says('x').invoke('question', { callbacks: [handler] });
    const [inside, outside] = spans;
    expect(inside?.spanContext().traceId).to.equal(parent.spanContext().traceId);
    expect(outside?.spanContext().traceId).not.to.equal(parent.spanContext().traceId);
  });

  it('traces tools and retrievers', async () => {
    const { tracer, spans } = recordingProvider();
    const handler = new LlmTracingCallbackHandler({ tracer, conventions });
    class Shelf extends BaseRetriever {
      readonly lc_namespace = ['test'];
      static override lc_name() {
        return 'Shelf';
      }
      override async _getRelevantDocuments() {
        return [new Document({ pageContent: 'a document' })];
      }
    }
    const lookUp = tool(async ({ word }: { word: string }) => `about ${word}`, {
      name: 'look_up',
      description: 'Looks a word up',
      schema: { type: 'object', properties: { word: { type: 'string' } }, required: ['word'] },
    });
    const chain = RunnableLambda.from(async (question: string, config) => {
      await new Shelf().invoke(question, config);
      const call = { type: 'tool_call', id: 'call-1', name: 'look_up', args: { word: question } } as const;
      return (lookUp as Runnable).invoke(call, config);
    }).withConfig({ runName: 'finder' });
    await chain.invoke('otter', { callbacks: [handler] });
    expect(treeOf(spans)).to.deep.equal([
      'invoke_workflow finder',
      '  retrieval Shelf',
      '  execute_tool look_up',
    ]);
    const [retrieval, execution] = spans;
    expect(retrieval?.kind).to.equal(SpanKind.CLIENT);
    expect(execution?.attributes).to.deep.equal({
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'look_up',
      'gen_ai.tool.type': 'function',
      'gen_ai.tool.call.id': 'call-1',
    });
  });

  it("records only the class of a retriever's error", async () => {
    const { tracer, spans } = recordingProvider();
    const handler = new LlmTracingCallbackHandler({ tracer, conventions });
    class Fire extends BaseRetriever {
      readonly lc_namespace = ['test'];
      static override lc_name() {
        return 'Fire';
      }
      override async _getRelevantDocuments(): Promise<never> {
        throw Object.assign(new Error('no shelf for otters'), { status: 503 });
      }
    }
    const error = await new Fire()
      .invoke('otter', { callbacks: [handler] })
      .catch((thrown: unknown) => thrown);
    expect(error).to.include({ message: 'no shelf for otters' });
    expect(treeOf(spans)).to.deep.equal(['retrieval Fire']);
    expect(spans[0]?.attributes['error.type']).to.equal('api_error');
    expect(spans[0]?.status).to.deep.equal({ code: SpanStatusCode.ERROR, message: 'api_error' });
  });

  it('traces plain LLMs, one span for each prompt', async () => {
    const { tracer, spans } = recordingProvider();
    const handler = new LlmTracingCallbackHandler({ tracer });
    await new FakeLLM({ response: 'four' }).generate(['a', 'b'], { callbacks: [handler] });
    expect(spans.map(({ name, attributes }) => [name, attributes['llm.prompt.message_count']])).to.deep.equal(
      [
        ['text_completion', 1],
        ['text_completion', 1],
      ],
    );
    expect(spans[0]?.attributes).to.include({ 'llm.response.length': 4, 'llm.success': true });
  });

  it('records the text of plain LLMs with captureContent', async () => {
    const { tracer, spans } = recordingProvider();
    const handler = new LlmTracingCallbackHandler({ tracer, conventions, captureContent: true });
    await new FakeLLM({ response: 'four' }).invoke('2 + 2?', { callbacks: [handler] });
    const { 'gen_ai.input.messages': prompt, 'gen_ai.output.messages': answer } = spans[0]?.attributes ?? {};
    expect(JSON.parse(String(prompt))).to.deep.equal([
      { role: 'user', parts: [{ type: 'text', content: '2 + 2?' }] },
    ]);
    expect(JSON.parse(String(answer))).to.deep.equal([
      { role: 'assistant', finish_reason: '', parts: [{ type: 'text', content: 'four' }] },
    ]);
  });

  it('records failures of each kind, which are rethrown unchanged', async () => {
    const { tracer, spans } = recordingProvider();
    const handler = new LlmTracingCallbackHandler({ tracer });
    const error = new Error('SECRET of the tool');
    const failing = tool(
      async () => {
        throw error;
      },
      { name: 'failing', description: 'Fails', schema: { type: 'object', properties: {} } },
    );
    const chain = RunnableLambda.from((_: string, config) => failing.invoke({}, config));
    const thrown = await chain.invoke('x', { callbacks: [handler] }).catch((reason) => reason);
    expect(thrown).to.equal(error);
    expect(treeOf(spans)).to.deep.equal(['invoke_workflow RunnableLambda', '  execute_tool failing']);
    for (const span of spans) {
      expect(span.status).to.deep.equal({ code: SpanStatusCode.ERROR, message: 'unknown' });
      expect(span.events).to.deep.equal([]);
      expect(JSON.stringify(span.attributes)).not.to.include('SECRET');
    }
  });

  it('counts the chunks of a stream', async () => {
    const { tracer, spans } = recordingProvider();
    const handler = new LlmTracingCallbackHandler({ tracer });
    const stream = await new FakeListChatModel({ responses: ['hello'], sleep: 10 }).stream('x', {
      callbacks: [handler],
    });
    for await (const _ of stream);
    expect(spans).to.have.length(1);
    expect(spans[0]?.attributes).to.include({ 'llm.streaming': true, 'llm.response.length': 5 });
    expect(spans[0]?.attributes['llm.chunks']).to.be.at.least(5);
    expect(spans[0]?.attributes['llm.ttft_ms']).to.be.within(5, 200);
  });

  it('does not record a cached answer as a stream', async () => {
    const { tracer, spans } = recordingProvider();
    const model = new FakeListChatModel({ responses: ['hello'], cache: new InMemoryCache() });
    for (const _ of [1, 2])
      await model.invoke('x', { callbacks: [new LlmTracingCallbackHandler({ tracer })] });
    expect(spans).to.have.length(2);
    for (const { attributes } of spans) {
      expect(attributes).to.include({ 'llm.streaming': false, 'llm.response.length': 5 });
      expect(attributes).not.to.have.any.keys('llm.chunks', 'llm.ttft_ms');
    }
  });

  it('ends the spans of a stream that is left early, which LangChain does not report', async () => {
    const { tracer, spans } = recordingProvider();
    const handler = new LlmTracingCallbackHandler({ tracer });
    const model = new FakeListChatModel({ responses: ['hello'], sleep: 20 });
    const chain = model.pipe(new StringOutputParser()).withConfig({ runName: 'left' });
    let read = 0;
    for await (const _ of await chain.stream('x', { callbacks: [handler] })) if (++read === 3) break;
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await collectGarbageUntil(() => spans.length === 3)).to.equal(true);
    expect(treeOf(spans, true)).to.deep.equal(['invoke_workflow left', '  chat', '  StrOutputParser']);
    const call = spans.find(({ name }) => name === 'chat');
    // Models tell of a chunk once the next one is asked for.
    expect(call?.attributes['llm.chunks']).to.be.within(2, 5);
    expect(call?.attributes['llm.success']).to.equal(true);
    // They end when something last happened, not when they are collected.
    const durations = spans.map(({ duration: [seconds, nanos] }) => seconds * 1e3 + nanos / 1e6);
    expect(Math.max(...durations)).to.be.lessThan(250);
    // What happens in a run happens in those above it.
    const [workflow = 0] = durations.filter((_, at) => spans[at]?.name === 'invoke_workflow left');
    expect(workflow).to.be.greaterThan(30);
  });

  it('keeps the spans of long runs open through garbage collections', async function () {
    this.timeout(20_000);
    const { tracer, spans } = recordingProvider();
    const handler = new LlmTracingCallbackHandler({ tracer });
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    class Waiting extends FakeListChatModel {
      override async _generate(...args: Parameters<FakeListChatModel['_generate']>) {
        await gate;
        return super._generate(...args);
      }
    }
    const chain = new Waiting({ responses: ['late'] }).pipe(new StringOutputParser());
    const running = chain.invoke('x', { callbacks: [handler] });
    expect(await collectGarbageUntil(() => spans.length > 0, 10)).to.equal(false);
    release();
    expect(await running).to.equal('late');
    expect(spans).to.have.length(3);
    expect(spans[0]?.attributes['llm.response.length']).to.equal(4);
  });

  it('ends the oldest runs beyond maxOpenRuns, and reports that once', async () => {
    const diag = recordDiag();
    const { tracer, spans } = recordingProvider();
    const handler = new LlmTracingCallbackHandler({ tracer, maxOpenRuns: 3 });
    for (let index = 0; index < 10; index++)
      handler.handleChainStart({ name: `run ${index}` }, {}, `${index}`);
    expect(spans.map(({ name }) => name)).to.deep.equal(
      Array.from({ length: 7 }, (_, index) => `invoke_workflow run ${index}`),
    );
    expect(diag.messages).to.have.length(1);
    handler.handleChainEnd({}, '0');
    handler.handleChainEnd({}, '9');
    expect(spans).to.have.length(8);
    diag.stop();
  });

  it('records a run once that is reported twice, as older versions of core do', () => {
    const { tracer, spans } = recordingProvider();
    const handler = new LlmTracingCallbackHandler({ tracer });
    const [tags, fields] = [[], { chunk: {} }];
    for (const _ of [1, 2]) handler.handleChatModelStart({}, [[]], 'a', undefined, {}, tags);
    for (const _ of [1, 2]) handler.handleLLMNewToken('hello', {}, 'a', undefined, tags, fields);
    for (const _ of [1, 2]) handler.handleLLMEnd({ generations: [] }, 'a');
    expect(spans).to.have.length(1);
    expect(spans[0]?.attributes).to.include({ 'llm.chunks': 1, 'llm.success': true });
  });

  it('records two runs that have the same id', async () => {
    const { tracer, spans } = recordingProvider();
    const config = { callbacks: [new LlmTracingCallbackHandler({ tracer })], runId: randomUUID() };
    await Promise.all([says('one').invoke('x', config), says('two').invoke('x', config)]);
    expect(spans).to.have.length(2);
  });

  it('records a run as failed that throws undefined', async () => {
    const { tracer, spans } = recordingProvider();
    const chain = RunnableLambda.from(() => Promise.reject());
    await chain.invoke('x', { callbacks: [new LlmTracingCallbackHandler({ tracer })] }).catch(() => {});
    expect(spans[0]?.status).to.deep.equal({ code: SpanStatusCode.ERROR, message: 'unknown' });
  });

  it('does not record what LangGraph throws to interrupt as a failure', () => {
    const { tracer, spans } = recordingProvider();
    const handler = new LlmTracingCallbackHandler({ tracer });
    handler.handleChainStart({ name: 'graph' }, {}, 'a');
    handler.handleChainError(Object.assign(new Error('interrupt'), { is_bubble_up: true }), 'a');
    expect(spans[0]?.status.code).to.equal(SpanStatusCode.UNSET);
  });

  it('does not throw, whatever it is called with', () => {
    const tracer = {
      startSpan: () => {
        throw new Error('broken');
      },
      startActiveSpan: () => undefined as never,
    };
    const handler = new LlmTracingCallbackHandler({ tracer });
    handler.handleChatModelStart(undefined, [], 'a');
    handler.handleLLMNewToken(undefined, undefined, 'a');
    handler.handleLLMEnd(undefined, 'a');
    handler.handleLLMError(undefined, 'never started');
    handler.handleChainStart(undefined, undefined, 'b', 'unknown parent');
    handler.handleToolEnd(undefined, 'b');
    expect(() => new LlmTracingCallbackHandler({ maxOpenRuns: 0 })).to.throw(TypeError, 'maxOpenRuns');
  });
});
