import { setTimeout as sleep } from 'node:timers/promises';
import Anthropic from '@anthropic-ai/sdk';
import {
  type FakeProvider,
  type RecordingProvider,
  recordingProvider,
  startFakeProvider,
} from '@llm-otel/testing';
import { expect } from 'chai';
import { wrapAnthropic } from '../../src/index.js';
import { onlySpan } from '../support/spans.js';

type RunnerParams = Parameters<Anthropic['beta']['messages']['toolRunner']>[0] & { stream: true };

describe('stream helpers of wrapAnthropic', () => {
  let fake: FakeProvider;
  let provider: RecordingProvider;
  let client: Anthropic;
  const params: RunnerParams = {
    model: 'claude-opus-4-1',
    max_tokens: 10,
    messages: [{ role: 'user', content: 'question' }],
    stream: true,
    tools: [
      { name: 'search', input_schema: { type: 'object' }, run: async () => 'found', parse: () => ({}) },
    ],
  };
  const thread = () => client.beta.messages.thread({ model: 'claude-opus-4-1', max_tokens: 10 });
  const question = { role: 'user' as const, content: 'question' };

  beforeEach(async () => {
    fake = await startFakeProvider();
    fake.replyAlways({ chunks: ['a', 'b', 'c', 'd'], chunkDelayMillis: 50 });
    provider = recordingProvider();
    client = wrapAnthropic(new Anthropic({ apiKey: 'key', baseURL: fake.anthropicBaseUrl }), {
      tracer: provider.tracer,
    });
  });
  afterEach(() => fake.close());
  const endedSpan = async () => {
    while (provider.spans.length === 0) await sleep(5);
    return onlySpan(provider.spans);
  };

  const leavings: Record<string, () => Promise<unknown>> = {
    async 'a tool runner, within its stream'() {
      runner: for await (const stream of client.beta.messages.toolRunner(params))
        for await (const _ of stream) break runner;
    },
    async 'a tool runner that starts tools early, within its stream'() {
      runner: for await (const stream of client.beta.messages.toolRunner({
        ...params,
        runToolsEagerly: true,
      }))
        for await (const _ of stream) break runner;
    },
    async 'a tool runner before there is a response'() {
      for await (const _ of client.beta.messages.toolRunner(params)) break;
    },
    async 'a tool runner that is working on its response'() {
      for await (const stream of client.beta.messages.toolRunner(params)) {
        await new Promise((resolve) => stream.once('text', resolve));
        break;
      }
    },
    async 'a stream of a thread'() {
      for await (const _ of thread().stream(question)) break;
    },
    async 'a stream of the fork of a thread'() {
      for await (const _ of thread().fork().stream(question)) break;
    },
    async 'a tool runner of a thread'() {
      const { messages, ...rest } = params;
      for await (const _ of client.beta.messages.thread({ ...rest, messages }).toolRunner({ stream: true }))
        break;
    },
  };
  for (const [title, leave] of Object.entries(leavings))
    it(`end a successful call if the application leaves ${title}`, async () => {
      await leave();
      const { attributes, status } = await endedSpan();
      expect(attributes).to.include({ 'llm.success': true });
      expect(attributes).not.to.have.property('llm.error.type');
      expect(status).to.deep.equal({ code: 0 });
    });

  const abortings: Record<string, () => Promise<unknown>> = {
    async 'the stream that a tool runner yields'() {
      for await (const stream of client.beta.messages.toolRunner(params))
        for await (const _ of stream) stream.abort();
    },
    async 'a tool runner by its signal'() {
      const controller = new AbortController();
      for await (const stream of client.beta.messages.toolRunner(params, { signal: controller.signal }))
        for await (const _ of stream) controller.abort();
    },
    async 'the stream that a tool runner yields, before leaving both'() {
      for await (const stream of client.beta.messages.toolRunner(params)) {
        stream.abort();
        break;
      }
    },
  };
  for (const [title, abort] of Object.entries(abortings))
    it(`end a failed call if the application aborts ${title}`, async () => {
      await abort().catch((error: Error) => expect(error).to.be.instanceOf(Anthropic.APIUserAbortError));
      expect((await endedSpan()).attributes).to.include({ 'llm.error.type': 'aborted' });
    });

  it('end a failed call if the request of a tool runner was refused', async () => {
    fake.replyAlways({ error: { status: 400 } });
    for await (const stream of client.beta.messages.toolRunner(params)) {
      await stream.done().catch(() => undefined);
      break;
    }
    expect((await endedSpan()).attributes).to.include({ 'llm.error.type': 'invalid_request' });
  });
});
