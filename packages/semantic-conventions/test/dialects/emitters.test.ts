import { expect } from 'chai';
import { readLlmCall } from '../../src/index.js';

type Attributes = Record<string, unknown>;
const read = (scope: string, attributes: Attributes) =>
  readLlmCall({ attributes, instrumentationScope: { name: scope } });

// What real packages write is in test/peers; here is one span of each, cut down to what decides.
describe('what an emitter means by its names', () => {
  const anthropic: Attributes = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'anthropic',
    'gen_ai.request.model': 'claude-sonnet-4-5',
    'gen_ai.usage.input_tokens': 3500,
    'gen_ai.usage.output_tokens': 310,
    'gen_ai.usage.cache_read.input_tokens': 1500,
  };

  it('the convention counts cached tokens as input', () => {
    const call = read('com.anthropic.sdk.typescript', anthropic);
    expect(call?.usage).to.include({ inputTokens: 3500, cacheReadTokens: 1500 });
  });

  for (const scope of ['@openlit/instrumentation-anthropic', '@traceloop/instrumentation-anthropic'])
    it(`${scope} does not`, () => {
      expect(read(scope, anthropic)?.usage).to.include({ inputTokens: 5000, cacheReadTokens: 1500 });
    });

  it('knows scopes of SDK 1.30 too', () => {
    const call = readLlmCall({
      attributes: anthropic,
      instrumentationLibrary: { name: '@openlit/instrumentation-anthropic' },
    });
    expect(call?.usage?.inputTokens).to.equal(5000);
  });

  it('openlit: a cost that it multiplied itself is not the provider’s', () => {
    const attributes = { ...anthropic, 'gen_ai.usage.cost': 0.5 };
    expect(read('@openlit/instrumentation-anthropic', attributes)?.costUsd).to.equal(undefined);
    expect(read('anything else', attributes)?.costUsd).to.equal(0.5);
  });

  it('openlit for LangChain: tokens that it estimates are not tokens', () => {
    expect(read('@openlit/instrumentation-langchain', anthropic)?.usage).to.equal(undefined);
  });

  it('marks what leaves cache counts out', () => {
    const { 'gen_ai.usage.cache_read.input_tokens': _, ...uncounted } = anthropic;
    for (const scope of ['@traceloop/instrumentation-openai', '@opentelemetry/instrumentation-openai'])
      expect(read(scope, uncounted)?.warnings, scope).to.deep.equal(['ambiguous_cache_tokens']);
    expect(read('anything else', uncounted)).not.to.have.property('warnings');
  });

  it('marks cache writes of Anthropic’s whose life is not told', () => {
    const writes = { ...anthropic, 'gen_ai.usage.cache_write.input_tokens': 100 };
    expect(read('x', writes)?.warnings).to.deep.equal(['ambiguous_cache_tokens']);
    const told = { ...writes, 'anthropic.usage.cache_creation.ephemeral_1h_input_tokens': 0 };
    expect(read('x', told)).not.to.have.property('warnings');
    expect(read('x', { ...writes, 'gen_ai.provider.name': 'openai' })).not.to.have.property('warnings');
  });

  describe('AI SDK', () => {
    const step: Attributes = {
      'ai.operationId': 'ai.generateText.doGenerate',
      'ai.model.provider': 'anthropic.messages',
      'ai.model.id': 'claude-sonnet-4-5',
      'ai.response.model': 'claude-sonnet-4-5-20250929',
      'gen_ai.usage.input_tokens': 1000,
      'gen_ai.usage.output_tokens': 300,
    };
    it('4: input without cached tokens, cache counts in the provider’s metadata', () => {
      const call = read('ai', {
        ...step,
        'ai.usage.promptTokens': 1000,
        'ai.usage.completionTokens': 300,
        'ai.response.providerMetadata':
          '{"anthropic":{"cacheReadInputTokens":4000,"cacheCreationInputTokens":null}}',
      });
      expect(call).to.deep.equal({
        dialect: 'ai_sdk',
        kind: 'inference',
        provider: 'anthropic.messages',
        model: 'claude-sonnet-4-5-20250929',
        usage: { inputTokens: 5000, outputTokens: 300, cacheReadTokens: 4000, cacheWriteTokens: 0 },
      });
    });
    it('5: the life of cache writes as well', () => {
      const usage = { cache_creation_input_tokens: 400, cache_creation: { ephemeral_1h_input_tokens: 300 } };
      const call = read('ai', {
        ...step,
        'ai.response.providerMetadata': JSON.stringify({ anthropic: { usage } }),
      });
      expect(call?.usage).to.include({ inputTokens: 1400, cacheWriteTokens: 400, cacheWrite1hTokens: 300 });
    });
    it('6: input with cached tokens', () => {
      const call = read('ai', {
        ...step,
        'gen_ai.usage.input_tokens': 5000,
        'ai.usage.inputTokens': 5000,
        'ai.usage.inputTokenDetails.cacheReadTokens': 4000,
        'ai.usage.inputTokenDetails.noCacheTokens': 1000,
      });
      expect(call).to.deep.include({ dialect: 'ai_sdk_6' });
      expect(call?.usage).to.include({ inputTokens: 5000, cacheReadTokens: 4000 });
    });
    it('the outer span restates, the tool is none', () => {
      expect(read('ai', { ...step, 'ai.operationId': 'ai.generateText' })?.kind).to.equal('aggregate');
      expect(read('ai', { 'ai.operationId': 'ai.toolCall' })).to.equal(undefined);
    });
    it('embeddings have one count', () => {
      const call = read('ai', {
        'ai.operationId': 'ai.embed.doEmbed',
        'ai.model.id': 'm',
        'ai.usage.tokens': 7,
      });
      expect(call).to.deep.include({ kind: 'embedding', usage: { inputTokens: 7, outputTokens: 0 } });
    });
    it('zeros and NaN after a stream that broke are no counts', () => {
      for (const count of [0, Number.NaN]) {
        const broken = { 'gen_ai.usage.input_tokens': count, 'gen_ai.usage.output_tokens': count };
        expect(read('ai', { ...step, ...broken })?.usage, String(count)).to.equal(undefined);
      }
    });
    it('metadata that is no JSON, or no object, says nothing', () => {
      for (const value of ['{', '[]', 'null', 7, 'x'.repeat(70_000)])
        expect(read('ai', { ...step, 'ai.response.providerMetadata': value })?.usage?.inputTokens).to.equal(
          1000,
        );
    });
  });

  describe('Langfuse', () => {
    const generation = (details: unknown, type = 'generation') =>
      read('langfuse-sdk', {
        'langfuse.observation.type': type,
        'langfuse.observation.model.name': 'gpt-4o',
        'langfuse.observation.usage_details': typeof details === 'string' ? details : JSON.stringify(details),
      });
    it('buckets exclude each other: the input is their sum', () => {
      const details = {
        input: 1000,
        input_cached_tokens: 4000,
        output: 260,
        output_reasoning_tokens: 640,
        total: 5900,
      };
      expect(generation(details)).to.deep.equal({
        dialect: 'langfuse',
        kind: 'inference',
        model: 'gpt-4o',
        usage: { inputTokens: 5000, outputTokens: 900, cacheReadTokens: 4000, reasoningTokens: 640 },
      });
    });
    it('reads LangChain’s names for the cache', () => {
      expect(
        generation({ input: 1, input_cache_read: 2, input_cache_creation: 3, output: 4 })?.usage,
      ).to.include({
        inputTokens: 6,
        cacheReadTokens: 2,
        cacheWriteTokens: 3,
      });
    });
    it('has no usage where the details are odd', () => {
      for (const details of ['{', 'null', '7', {}, { input: 1 }, { input: -1, output: 1 }])
        expect(generation(details)?.usage, JSON.stringify(details)).to.equal(undefined);
    });
    it('a span or a tool is no call', () => {
      expect(generation({ input: 1, output: 1 }, 'span')).to.equal(undefined);
      expect(generation({ input: 1, output: 1 }, 'tool')).to.equal(undefined);
    });
  });
});
