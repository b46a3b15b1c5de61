import { expect } from 'chai';
import { type LlmCall, readLlmCall } from '../src/index.js';

const read = (attributes: Record<string, unknown>): LlmCall | undefined => readLlmCall({ attributes });

describe('readLlmCall', () => {
  describe('the llm.* contract', () => {
    it('reads model, provider and every token count', () => {
      expect(
        read({
          'llm.model': 'claude-sonnet-4-5',
          'llm.provider': 'anthropic',
          'llm.tokens.input': 125,
          'llm.tokens.output': 40,
          'llm.tokens.cache_read': 100,
          'llm.tokens.cache_write': 20,
          'llm.tokens.cache_write_1h': 5,
          'llm.tokens.reasoning': 10,
          'llm.tokens.input_audio': 3,
          'llm.tokens.output_audio': 2,
        }),
      ).to.deep.equal({
        dialect: 'llm',
        kind: 'inference',
        provider: 'anthropic',
        model: 'claude-sonnet-4-5',
        usage: {
          inputTokens: 125,
          outputTokens: 40,
          cacheReadTokens: 100,
          cacheWriteTokens: 20,
          cacheWrite1hTokens: 5,
          reasoningTokens: 10,
          inputAudioTokens: 3,
          outputAudioTokens: 2,
        },
      });
    });

    it('computes the missing count from the total and the other one', () => {
      expect(read({ 'llm.tokens.input': 10, 'llm.tokens.total': 14 })?.usage).to.deep.equal({
        inputTokens: 10,
        outputTokens: 4,
      });
      expect(read({ 'llm.tokens.output': 4, 'llm.tokens.total': 14 })?.usage).to.deep.equal({
        inputTokens: 10,
        outputTokens: 4,
      });
    });

    it('does not take the missing count for zero if the total equals the other one', () => {
      expect(read({ 'llm.tokens.input': 10, 'llm.tokens.total': 10 })).not.to.have.property('usage');
    });

    it('has no usage if only one side is known: unknown is not zero', () => {
      expect(read({ 'llm.model': 'm', 'llm.tokens.input': 10 })).to.deep.equal({
        dialect: 'llm',
        kind: 'inference',
        model: 'm',
      });
    });
  });

  describe('gen_ai', () => {
    it('prefers the served model to the requested one', () => {
      const call = read({
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'openai',
        'gen_ai.request.model': 'gpt-4o',
        'gen_ai.response.model': 'gpt-4o-2024-08-06',
        'gen_ai.usage.input_tokens': 10,
        'gen_ai.usage.output_tokens': 2,
      });
      expect(call).to.include({ dialect: 'gen_ai', kind: 'inference', model: 'gpt-4o-2024-08-06' });
    });

    it('also reads the requested model, if it is not the one that served the call', () => {
      const response = { 'gen_ai.response.model': 'gpt-4o-2024-08-06' };
      const requested = (attributes: Record<string, string>) =>
        read({ ...response, ...attributes })?.requestedModel;
      expect(requested({ 'gen_ai.request.model': 'our-deployment' })).to.equal('our-deployment');
      expect(requested({ 'gen_ai.request.model': 'gpt-4o-2024-08-06' })).to.equal(undefined);
      expect(requested({ 'gen_ai.request.model': '' })).to.equal(undefined);
      expect(requested({})).to.equal(undefined);
      // As our own spans say it: the model that served the call in one dialect, the requested one in the other.
      expect(
        requested({ 'llm.model': 'gpt-4o-2024-08-06', 'gen_ai.request.model': 'our-deployment' }),
      ).to.equal('our-deployment');
    });

    it("reads cache writes that only the Anthropic client's own name has", () => {
      const call = read({
        'gen_ai.usage.input_tokens': 125,
        'gen_ai.usage.output_tokens': 2,
        'anthropic.usage.cache_creation.ephemeral_5m_input_tokens': 20,
      });
      expect(call?.usage).to.include({ inputTokens: 125, cacheWriteTokens: 20 });
    });

    for (const name of ['cache_creation', 'cache_write']) {
      it(`reads cache writes as ${name}`, () => {
        const call = read({
          'gen_ai.usage.input_tokens': 125,
          'gen_ai.usage.output_tokens': 2,
          'gen_ai.usage.cache_read.input_tokens': 100,
          [`gen_ai.usage.${name}.input_tokens`]: 20,
        });
        expect(call?.usage).to.include({ inputTokens: 125, cacheReadTokens: 100, cacheWriteTokens: 20 });
      });
    }

    it('accepts an input that came entirely from the cache', () => {
      const usage = read({
        'gen_ai.usage.input_tokens': 1000,
        'gen_ai.usage.output_tokens': 300,
        'gen_ai.usage.cache_read.input_tokens': 1000,
      })?.usage;
      expect(usage).to.deep.equal({ inputTokens: 1000, outputTokens: 300, cacheReadTokens: 1000 });
    });

    it("adds cached tokens to an input count that can't include them", () => {
      const call = read({
        'gen_ai.usage.input_tokens': 5,
        'gen_ai.usage.output_tokens': 2,
        'gen_ai.usage.cache_read.input_tokens': 100,
      });
      expect(call?.usage?.inputTokens).to.equal(105);
    });

    it('adds reasoning to an output count that, according to the total, excludes it', () => {
      const call = (total: number) =>
        read({
          'gen_ai.provider.name': 'gcp.gen_ai',
          'gen_ai.usage.input_tokens': 1500,
          'gen_ai.usage.output_tokens': 350,
          'gen_ai.usage.reasoning_tokens': 200,
          'gen_ai.usage.total_tokens': total,
        })?.usage;
      expect(call(2050)).to.deep.equal({ inputTokens: 1500, outputTokens: 550, reasoningTokens: 200 });
      expect(call(1850)).to.deep.equal({ inputTokens: 1500, outputTokens: 350, reasoningTokens: 200 });
    });

    for (const name of ['gen_ai.usage.total_tokens', 'llm.usage.total_tokens'])
      it(`computes a count from ${name}`, () => {
        const usage = read({
          'gen_ai.usage.output_tokens': 4,
          'gen_ai.request.model': 'm',
          [name]: 14,
        })?.usage;
        expect(usage).to.deep.equal({ inputTokens: 10, outputTokens: 4 });
      });

    it('distinguishes agents from calls, and treats embeddings as having no output', () => {
      expect(read({ 'gen_ai.operation.name': 'invoke_agent' })?.kind).to.equal('aggregate');
      expect(read({ 'gen_ai.operation.name': 'embeddings', 'gen_ai.usage.input_tokens': 7 })).to.deep.equal({
        dialect: 'gen_ai',
        kind: 'embedding',
        usage: { inputTokens: 7, outputTokens: 0 },
      });
    });

    it('is undefined if the operation is a tool', () => {
      expect(read({ 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'search' })).to.equal(
        undefined,
      );
    });

    it("treats an unknown operation as a call, even if it is named like an object's method", () => {
      expect(read({ 'gen_ai.operation.name': 'toString', 'gen_ai.request.model': 'm' })?.kind).to.equal(
        'inference',
      );
    });
  });

  it('reads the older gen_ai names', () => {
    expect(
      read({
        'gen_ai.system': 'openai',
        'gen_ai.request.model': 'gpt-4o',
        'gen_ai.usage.prompt_tokens': 10,
        'gen_ai.usage.completion_tokens': 3,
      }),
    ).to.deep.include({
      dialect: 'gen_ai_legacy',
      provider: 'openai',
      model: 'gpt-4o',
      usage: { inputTokens: 10, outputTokens: 3 },
    });
  });

  describe('cache counts beside the older gen_ai names', () => {
    const call = (cacheRead: number, provider = 'Anthropic') =>
      read({
        'gen_ai.system': provider,
        'gen_ai.request.model': 'claude-sonnet-4-5',
        'gen_ai.usage.prompt_tokens': 500,
        'gen_ai.usage.completion_tokens': 50,
        'gen_ai.usage.cache_read_input_tokens': cacheRead,
      });

    it("are added if the input can't include them", () => {
      expect(call(1000)).to.deep.include({
        usage: { inputTokens: 1500, outputTokens: 50, cacheReadTokens: 1000 },
      });
      expect(call(1000)).not.to.have.property('warnings');
    });

    it('are part of the input if the provider counts them so', () => {
      expect(call(100, 'openai')?.usage).to.include({ inputTokens: 500, cacheReadTokens: 100 });
      expect(call(100, 'openai')).not.to.have.property('warnings');
    });

    it('are ambiguous if emitters differ', () => {
      expect(call(100)).to.deep.include({
        usage: { inputTokens: 500, outputTokens: 50, cacheReadTokens: 100 },
        warnings: ['ambiguous_cache_tokens'],
      });
    });
  });

  describe('OpenInference', () => {
    const span = {
      'openinference.span.kind': 'LLM',
      'llm.model_name': 'gpt-4o',
      'llm.provider': 'openai',
      'llm.token_count.prompt': 125,
      'llm.token_count.completion': 40,
      'llm.token_count.total': 165,
      'llm.token_count.prompt_details.cache_read': 100,
    };
    it('reads model, provider and token counts', () => {
      expect(read(span)).to.deep.equal({
        dialect: 'openinference',
        kind: 'inference',
        provider: 'openai',
        model: 'gpt-4o',
        usage: { inputTokens: 125, outputTokens: 40, cacheReadTokens: 100 },
      });
    });
    it('distinguishes chains and agents from calls, and tools from both', () => {
      expect(read({ ...span, 'openinference.span.kind': 'CHAIN' })?.kind).to.equal('aggregate');
      expect(read({ ...span, 'openinference.span.kind': 'TOOL' })).to.equal(undefined);
    });
  });

  it('takes missing facts from a second dialect, but the tokens from one only', () => {
    const call = read({
      'llm.model': 'gpt-4o',
      'gen_ai.provider.name': 'openai',
      'gen_ai.usage.input_tokens': 10,
      'gen_ai.usage.output_tokens': 2,
      'gen_ai.usage.prompt_tokens': 99,
    });
    expect(call).to.deep.include({
      dialect: 'gen_ai',
      model: 'gpt-4o',
      provider: 'openai',
      usage: { inputTokens: 10, outputTokens: 2 },
    });
  });

  it('has the kind that the first dialect gives', () => {
    const both = { 'openinference.span.kind': 'LLM', 'gen_ai.operation.name': 'execute_tool' };
    expect(read(both)?.kind).to.equal('inference');
  });

  describe('a cost that is already on the span', () => {
    it('is read from a string of digits, in any notation of JSON', () => {
      for (const [text, costUsd] of [
        ['12.5', 12.5],
        ['12', 12],
        ['1.5e-05', 0.000015],
        ['2E3', 2000],
        ['1.5e-5 USD', undefined],
        ['$12', undefined],
      ] as const)
        expect(
          read({ 'gen_ai.request.model': 'm', 'http.response.header.x-litellm-response-cost': [text] })
            ?.costUsd,
          text,
        ).to.equal(costUsd);
    });

    const cost = (attributes: Record<string, unknown>) =>
      read({ 'gen_ai.request.model': 'm', 'openinference.span.kind': 'LLM', ...attributes })?.costUsd;
    it('is read in the dialects that have a cost', () => {
      expect(cost({ 'llm.cost.total': 0.1 })).to.equal(0.1);
      expect(cost({ 'gen_ai.usage.cost': 0.2 })).to.equal(0.2);
      expect(cost({ 'operation.cost': 0.3 })).to.equal(0.3);
      expect(cost({ 'gen_ai.usage.cost.amount': 0.4, 'gen_ai.usage.cost.currency': 'USD' })).to.equal(0.4);
    });
    it('is read from JSON, and from a response header of LiteLLM', () => {
      expect(
        cost({
          'langfuse.observation.type': 'generation',
          'langfuse.observation.cost_details': '{"input":0.1,"output":0.2,"total":0.3}',
        }),
      ).to.equal(0.3);
      expect(
        cost({
          'langfuse.observation.type': 'generation',
          'langfuse.observation.cost_details': '{"input":0,"output":0,"total":0}',
        }),
      ).to.equal(undefined);
      const header = (value: unknown) => cost({ 'http.response.header.x-litellm-response-cost': value });
      expect(header(['0.00725'])).to.equal(0.00725);
      expect(header(['1.5e-05'])).to.equal(0.000015);
      for (const value of [['free'], ['1', '2'], [], '0.1', ['-1'], ['0x10']])
        expect(header(value), String(value)).to.equal(undefined);
    });
    it('is omitted in another currency, or if it is not an amount', () => {
      expect(cost({ 'gen_ai.usage.cost.amount': 0.4, 'gen_ai.usage.cost.currency': 'EUR' })).to.equal(
        undefined,
      );
      for (const value of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, '0.2', null])
        expect(cost({ 'gen_ai.usage.cost': value }), String(value)).to.equal(undefined);
    });
  });

  describe('the service tier', () => {
    const tier = (attributes: Record<string, unknown>) =>
      read({ 'gen_ai.request.model': 'm', ...attributes })?.serviceTier;
    it('is the served one, otherwise the requested one', () => {
      expect(tier({ 'openai.request.service_tier': 'auto' })).to.equal('auto');
      expect(
        tier({ 'openai.request.service_tier': 'auto', 'openai.response.service_tier': 'flex' }),
      ).to.equal('flex');
      expect(tier({ 'anthropic.response.service_tier': 'batch' })).to.equal('batch');
      expect(read({ 'llm.model': 'm', 'llm.service_tier': 'priority' })?.serviceTier).to.equal('priority');
    });
    it('is read from JSON', () => {
      const metadata = JSON.stringify({ openai: { serviceTier: 'flex' } });
      expect(
        read({ 'ai.operationId': 'ai.generateText.doGenerate', 'ai.response.providerMetadata': metadata })
          ?.serviceTier,
      ).to.equal('flex');
    });
  });

  describe('streaming', () => {
    it('is read from the span, or inferred from the time to the first chunk', () => {
      expect(read({ 'llm.model': 'm', 'llm.streaming': false })?.streaming).to.equal(false);
      expect(read({ 'gen_ai.request.model': 'm', 'gen_ai.request.stream': true })?.streaming).to.equal(true);
      expect(
        read({ 'gen_ai.request.model': 'm', 'gen_ai.response.time_to_first_chunk': 0.2 })?.streaming,
      ).to.equal(true);
      expect(read({ 'gen_ai.request.model': 'm' })).not.to.have.property('streaming');
    });
    it('is read from a setting in JSON, but not from a text that quotes it', () => {
      const inference = (parameters: string) =>
        read({ 'openinference.span.kind': 'LLM', 'llm.invocation_parameters': parameters })?.streaming;
      expect(inference('{"temperature":1,"stream":true}')).to.equal(true);
      expect(inference('{"stream": true}')).to.equal(true);
      expect(inference('{"stream":false}')).to.equal(undefined);
      expect(inference(JSON.stringify({ system: 'say "stream":true' }))).to.equal(undefined);
    });
  });

  describe('the time to the first chunk', () => {
    const millis = (attributes: Record<string, unknown>, startTime?: [number, number]) =>
      readLlmCall({ attributes, ...(startTime && { startTime }) })?.timeToFirstChunkMillis;
    const call = { 'gen_ai.request.model': 'm' };
    it('is converted to milliseconds from every unit', () => {
      expect(millis({ 'llm.model': 'm', 'llm.ttft_ms': 120 })).to.equal(120);
      expect(millis({ ...call, 'gen_ai.response.time_to_first_chunk': 0.5 })).to.equal(500);
      expect(millis({ ...call, 'gen_ai.server.time_to_first_token': 0.25 })).to.equal(250);
      expect(millis({ ...call, 'gen_ai.client.operation.time_to_first_chunk': 2 })).to.equal(2000);
      expect(
        millis({ 'ai.operationId': 'ai.streamText.doStream', 'ai.response.msToFirstChunk': 40 }),
      ).to.equal(40);
    });
    it('is computed from a time of day and the start of the span', () => {
      const langfuse = {
        'langfuse.observation.type': 'generation',
        'langfuse.observation.completion_start_time': '"2026-11-25T10:00:01.500Z"',
      };
      const startTime: [number, number] = [Date.parse('2026-11-25T10:00:01Z') / 1e3, 250e6];
      expect(millis(langfuse, startTime)).to.equal(250);
      expect(millis(langfuse)).to.equal(undefined);
    });
    it('is omitted if it is impossible', () => {
      for (const value of [-1, Number.NaN, Number.POSITIVE_INFINITY, '0.5', null])
        expect(millis({ ...call, 'gen_ai.response.time_to_first_chunk': value }), String(value)).to.equal(
          undefined,
        );
    });
  });

  it('does not mix in values of the previous span', () => {
    const whole = {
      'gen_ai.request.model': 'm',
      'gen_ai.usage.input_tokens': 1,
      'gen_ai.usage.output_tokens': 2,
    };
    expect(read(whole)?.usage).to.deep.equal({ inputTokens: 1, outputTokens: 2 });
    expect(read({ 'gen_ai.request.model': 'n' })).to.deep.equal({
      dialect: 'gen_ai',
      kind: 'inference',
      model: 'n',
    });
  });

  it('is undefined for spans that are not LLM calls', () => {
    expect(read({})).to.equal(undefined);
    expect(read({ 'http.request.method': 'POST', 'llm.retry_count': 1 })).to.equal(undefined);
  });

  describe('odd values', () => {
    for (const [what, value] of Object.entries({
      negative: -1,
      NaN: Number.NaN,
      infinite: Number.POSITIVE_INFINITY,
      fractional: 1.5,
      'beyond the safe integers': 1e300,
      'a boolean': true,
      'an array': [10],
      'an object': { count: 10 },
      'an empty string': '',
    })) {
      it(`omits a token count that is ${what}, with a warning`, () => {
        expect(read({ 'llm.model': 'm', 'llm.tokens.input': value, 'llm.tokens.output': 1 })).to.deep.equal({
          dialect: 'llm',
          kind: 'inference',
          model: 'm',
          warnings: ['invalid_token_count'],
        });
      });
    }

    it('does not accept text with anything but digits as a number', () => {
      for (const text of ['1500 tokens', '~1500', ' 1500', '1500.0', '1e3', '', '12345678901234567'])
        expect(read({ 'llm.tokens.input': text, 'llm.tokens.output': 5 }), text).not.to.have.property(
          'usage',
        );
      expect(read({ 'llm.tokens.input': '1500', 'llm.tokens.output': 5 })?.usage?.inputTokens).to.equal(1500);
    });

    it('accepts a part that equals its whole', () => {
      expect(
        read({
          'llm.tokens.input': 10,
          'llm.tokens.output': 5,
          'llm.tokens.reasoning': 5,
          'llm.tokens.input_audio': 10,
        })?.usage,
      ).to.include({ reasoningTokens: 5, inputAudioTokens: 10 });
    });

    it('ignores JSON that is broken, or longer than any with token counts', () => {
      const span = (metadata: string) => ({
        'ai.operationId': 'ai.generateText.doGenerate',
        'gen_ai.usage.input_tokens': 10,
        'gen_ai.usage.output_tokens': 5,
        'ai.response.providerMetadata': metadata,
      });
      const good = (padding: number) =>
        JSON.stringify({ openai: { cachedPromptTokens: 4 }, padding: ' '.repeat(padding) });
      expect(read(span(good(0)))?.usage?.cacheReadTokens).to.equal(4);
      // Not what the span before it said, either.
      expect(read(span(`${good(0)},`))?.usage).to.deep.equal({ inputTokens: 10, outputTokens: 5 });
      expect(read(span(good(65_000)))?.usage?.cacheReadTokens).to.equal(4);
      expect(read(span(good(66_000)))?.usage).to.deep.equal({ inputTokens: 10, outputTokens: 5 });
    });

    it('accepts bigints and strings of digits as numbers', () => {
      expect(read({ 'llm.tokens.input': 10n, 'llm.tokens.output': '4' })?.usage).to.deep.equal({
        inputTokens: 10,
        outputTokens: 4,
      });
    });

    it('ignores a model that is empty or not a string', () => {
      expect(read({ 'llm.model': ['a', 'b'], 'llm.provider': '' })).to.deep.equal({
        dialect: 'llm',
        kind: 'inference',
      });
    });

    it('omits a part that exceeds its whole', () => {
      expect(
        read({ 'llm.tokens.input': 1, 'llm.tokens.output': 4, 'llm.tokens.reasoning': 9 }),
      ).to.deep.include({
        usage: { inputTokens: 1, outputTokens: 4 },
        warnings: ['contradictory_token_counts'],
      });
    });
  });
});
