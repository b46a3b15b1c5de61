import { LlmCostSpanProcessor } from '@llm-otel/cost-span-processor';
import { LlmRedactionSpanProcessor } from '@llm-otel/redaction-span-processor';
import { type FakeProvider, recordingProvider, startFakeProvider } from '@llm-otel/testing';
import { SpanKind } from '@opentelemetry/api';
import { expect } from 'chai';
import { type LlmCallOptions, type LlmConvention, traceLlmCall } from '../src/index.js';
import { onlySpan } from './support/spans.js';
import { testedApis } from './support/tested-apis.js';

const both: readonly LlmConvention[] = ['llm', 'gen_ai'];

for (const api of testedApis)
  describe(`gen_ai names of ${api.name}`, () => {
    let fake: FakeProvider;
    before(async () => {
      fake = await startFakeProvider();
    });
    after(() => fake.close());

    it('describes a plain call in both namespaces, priced as with one', async () => {
      const reply = {
        model: `${api.model}-served`,
        usage: { input: 1000, output: 300, cacheRead: 100, cacheWrite: 50, reasoning: 20 },
      };
      const { tracer, spans } = recordingProvider([new LlmCostSpanProcessor()]);
      fake.enqueue(reply, { ...reply, model: api.model }, { ...reply, model: api.model });
      await api.connect(fake, {}, { tracer, conventions: both }).create();
      const [span] = spans;
      expect(span?.name).to.equal(`chat ${api.model}`);
      expect(span?.kind).to.equal(SpanKind.CLIENT);
      const { 'gen_ai.response.id': id, ...attributes } = genAiOf(span?.attributes);
      expect(id).to.match(/^(chatcmpl-|resp_|msg_)\d+$/);
      const { hostname, port } = new URL(fake.openAiBaseUrl);
      expect(span?.attributes).to.include({ 'server.address': hostname, 'server.port': Number(port) });
      expect(attributes).to.deep.equal({
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': api.provider,
        'gen_ai.request.model': api.model,
        'gen_ai.request.temperature': 0.5,
        'gen_ai.request.max_tokens': 100,
        'gen_ai.response.model': `${api.model}-served`,
        'gen_ai.response.finish_reasons': [api.stopReason],
        'gen_ai.usage.input_tokens': 1000,
        'gen_ai.usage.output_tokens': 300,
        'gen_ai.usage.total_tokens': 1300,
        'gen_ai.usage.cache_read.input_tokens': 100,
        'gen_ai.usage.cache_write.input_tokens': 50,
        // The name before semantic-conventions-genai#440, which most backends read.
        'gen_ai.usage.cache_creation.input_tokens': 50,
        'gen_ai.usage.reasoning.output_tokens': 20,
      });
      expect(span?.attributes).to.include({ 'llm.model': `${api.model}-served`, 'llm.tokens.input': 1000 });

      for (const conventions of [['gen_ai'], ['llm']] as const)
        await api.connect(fake, {}, { tracer, conventions }).create();
      const [, genAiOnly, llmOnly] = spans;
      expect(genAiOf(llmOnly?.attributes)).to.deep.equal({});
      const llmNames = Object.keys(genAiOnly?.attributes ?? {}).filter((key) => key.startsWith('llm.'));
      expect(llmNames).to.deep.equal(['llm.cost_usd']);
      expect(genAiOnly?.attributes['llm.cost_usd']).to.equal(llmOnly?.attributes['llm.cost_usd']);
      expect(genAiOnly?.attributes['llm.cost_usd']).to.be.greaterThan(0);
    });

    it('have the time to the first chunk in seconds, and the class of errors', async () => {
      const { tracer, spans } = recordingProvider();
      const caller = api.connect(fake, { maxRetries: 0 }, { tracer, conventions: both });
      fake.enqueue({ latencyMillis: 60 });
      for await (const _ of (await caller.createStream()) as AsyncIterable<unknown>);
      const streamed = onlySpan(spans).attributes;
      expect(streamed['gen_ai.request.stream']).to.equal(true);
      expect(streamed['gen_ai.response.id']).to.be.a('string');
      expect(streamed['gen_ai.response.time_to_first_chunk']).to.be.within(0.05, 5);

      fake.enqueue({ error: { status: 429 } });
      await caller.create().catch(() => undefined);
      expect(spans[1]?.attributes).to.include({
        'error.type': 'rate_limit',
        'gen_ai.request.model': api.model,
      });
    });

    it('have only the type of an error, not its message', async () => {
      const { tracer, spans } = recordingProvider();
      fake.enqueue({ error: { status: 429 } });
      const caller = api.connect(fake, { maxRetries: 0 }, { tracer, conventions: ['gen_ai'] });
      await caller.create().catch(() => undefined);
      expect(spans[0]?.attributes).to.include({ 'error.type': 'rate_limit' });
      expect(Object.keys(spans[0]?.attributes ?? {}).filter((key) => key.startsWith('llm.'))).to.deep.equal(
        [],
      );
    });

    it('have content only with captureContent, and none after redaction', async () => {
      const reply = { text: 'CANARY-OUT', toolCalls: [{ name: 'look', arguments: '{"for":"CANARY-ARGS"}' }] };
      for (const [captureContent, processors, leaks] of [
        [undefined, [], false],
        [false, [], false],
        [true, [], true],
        [true, [new LlmRedactionSpanProcessor()], false],
      ] as const)
        for (const conventions of [both, ['llm'], ['gen_ai']] as const) {
          const { tracer, spans } = recordingProvider(processors);
          const caller = api.connect(fake, {}, { tracer, conventions, captureContent });
          fake.enqueue(reply, reply);
          await caller.create();
          for await (const _ of (await caller.createStream()) as AsyncIterable<unknown>);
          expect(spans).to.have.length(2);
          for (const span of spans) {
            const text = JSON.stringify([span.name, span.attributes, span.events, span.status]);
            for (const canary of ['CANARY-OUT', 'CANARY-ARGS', '"sys'])
              expect(text.replaceAll('\\', '').includes(canary), `${canary} in ${text}`).to.equal(leaks);
          }
        }
    });

    it('have content in the format of the conventions, streamed or not', async () => {
      const { tracer, spans } = recordingProvider();
      const caller = api.connect(fake, {}, { tracer, conventions: both, captureContent: true });
      const reply = { text: 'Looking.', toolCalls: [{ name: 'look', arguments: '{"at":"x"}' }] };
      fake.enqueue(reply, reply);
      await caller.create();
      for await (const _ of (await caller.createStream()) as AsyncIterable<unknown>);
      const [plain, streamed] = spans.map(({ attributes }) => ({
        input: JSON.parse(String(attributes['gen_ai.input.messages'])),
        output: JSON.parse(String(attributes['gen_ai.output.messages'])),
        system: attributes['gen_ai.system_instructions'],
      }));
      expect(withoutIds(streamed)).to.deep.equal(withoutIds(plain));
      const [message, ...others] = plain?.output ?? [];
      expect(others).to.deep.equal([]);
      expect(message.role).to.equal('assistant');
      expect(message.finish_reason).to.equal(api.toolStopReason);
      const [text, { id, ...call }] = message.parts;
      expect(text).to.deep.equal({ type: 'text', content: 'Looking.' });
      expect(id).to.be.a('string');
      expect(call).to.deep.equal({ type: 'tool_call', name: 'look', arguments: { at: 'x' } });
      const system = { type: 'text', content: 'sys' };
      const said = [
        ...JSON.parse(String(plain?.system ?? '[]')),
        ...(plain?.input ?? []).flatMap(({ parts }: never) => parts),
      ];
      expect(said).to.deep.include(system);
      expect(plain?.input.at(-1).role).to.equal('user');
    });

    it('has the finish reason that the conventions require, empty if the stream was left before it', async () => {
      const { tracer, spans } = recordingProvider();
      const caller = api.connect(fake, {}, { tracer, conventions: both, captureContent: true });
      fake.enqueue({ chunks: ['It ', 'snows.'], chunkDelayMillis: 20 });
      for await (const chunk of (await caller.createStream()) as AsyncIterable<unknown>)
        if (JSON.stringify(chunk).includes('It ')) break;
      const [message] = JSON.parse(String(onlySpan(spans).attributes['gen_ai.output.messages']));
      expect(message.parts).to.deep.equal([{ type: 'text', content: 'It ' }]);
      expect(message.finish_reason).to.equal('');
    });
  });

describe('traceLlmCall', () => {
  const inputMessages = [{ role: 'user', parts: [{ type: 'text', content: 'CANARY-IN' }] }];
  const outputMessages = [{ role: 'assistant', parts: [{ type: 'text', content: 'CANARY-OUT' }] }];
  const systemInstructions = [{ type: 'text', content: 'CANARY-SYSTEM' }];
  const call = async (options: Omit<LlmCallOptions, 'provider' | 'model'>) => {
    const { tracer, spans } = recordingProvider();
    await traceLlmCall({ provider: 'acme', model: 'road-runner', tracer, ...options }, (recorder) => {
      recorder.recordRequest({ inputMessages, systemInstructions });
      recorder.recordResponse({ outputMessages });
    });
    return onlySpan(spans).attributes;
  };

  it('records content only with captureContent', async () => {
    expect(JSON.stringify(await call({ conventions: both }))).not.to.include('CANARY');
    // A slip that the types don't allow.
    expect(JSON.stringify(await call({ captureContent: 'false' as never }))).not.to.include('CANARY');
    expect(await call({ captureContent: true, conventions: both })).to.include({
      'gen_ai.input.messages': JSON.stringify(inputMessages),
      'gen_ai.output.messages': JSON.stringify([{ ...outputMessages[0], finish_reason: '' }]),
      'gen_ai.system_instructions': JSON.stringify(systemInstructions),
    });
    const ownNames = await call({ captureContent: true });
    expect(ownNames).to.include({ 'llm.response': JSON.stringify(outputMessages) });
    expect(ownNames['llm.prompt']).to.include('CANARY-SYSTEM').and.include('CANARY-IN');
  });

  it('returns the result although `conventions` has the wrong type', async () => {
    for (const conventions of [5, [], 'gen_ai', ['unknown']])
      expect(await call({ conventions: conventions as never })).to.include({ 'llm.model': 'road-runner' });
  });
});

function genAiOf(attributes: object = {}): Record<string, unknown> {
  return Object.fromEntries(Object.entries(attributes).filter(([key]) => key.startsWith('gen_ai.')));
}

/** The fake provider, too, gives every tool call an id of its own. */
function withoutIds(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, each) => (key === 'id' ? undefined : each));
}
