import { expect } from 'chai';
import { readLlmCall } from '../../src/index.js';

type Attributes = Record<string, unknown>;
const read = (attributes: Attributes, scope = 'any') =>
  readLlmCall({ attributes, instrumentationScope: { name: scope } });

// As the real packages wrote them against the fake provider, cut down to what decides.
describe('what a framework means by its attribute names', () => {
  describe('Google’s ADK', () => {
    const response = (usage: object) => JSON.stringify({ content: {}, usageMetadata: usage });
    const call: Attributes = {
      'gen_ai.system': 'gcp.vertex.agent',
      'gen_ai.request.model': 'gemini-2.5-flash',
      'gen_ai.usage.input_tokens': 5000,
      'gen_ai.usage.output_tokens': 300,
      'gcp.vertex.agent.llm_response': response({
        promptTokenCount: 5000,
        candidatesTokenCount: 300,
        cachedContentTokenCount: 4000,
        thoughtsTokenCount: 700,
        totalTokenCount: 6000,
      }),
    };

    it('has cached and reasoning tokens only in the response', () => {
      expect(read(call, 'gcp.vertex.agent')).to.deep.equal({
        dialect: 'google_adk',
        kind: 'inference',
        model: 'gemini-2.5-flash',
        usage: { inputTokens: 5000, outputTokens: 1000, cacheReadTokens: 4000, reasoningTokens: 700 },
      });
    });

    it('lacks them if it does not capture content', () => {
      const silent = { ...call, 'gcp.vertex.agent.llm_response': '{}' };
      expect(read(silent, 'gcp.vertex.agent')?.warnings).to.deep.equal(['ambiguous_cache_tokens']);
    });
  });

  describe('Strands', () => {
    const call: Attributes = {
      'gen_ai.operation.name': 'chat',
      'gen_ai.system': 'my-service',
      'gen_ai.event.start_time': '2026-11-30T17:39:20.180Z',
      'gen_ai.request.model': 'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
      'gen_ai.usage.input_tokens': 3500,
      'gen_ai.usage.output_tokens': 310,
      'gen_ai.usage.total_tokens': 5310,
      'gen_ai.usage.cache_read.input_tokens': 1500,
    };

    it('names the service, and not the provider', () => {
      expect(read(call)).to.not.have.property('provider');
    });

    it("passes on Bedrock's counts, whose total includes cached tokens", () => {
      expect(read(call)?.usage).to.include({ inputTokens: 5000, cacheReadTokens: 1500 });
      expect(read(call)?.warnings).to.equal(undefined);
    });

    it("leaves open whether Claude's input includes them if the total does not", () => {
      const others = { ...call, 'gen_ai.usage.total_tokens': 3810 };
      expect(read(others)?.warnings).to.deep.equal(['ambiguous_cache_tokens']);
      expect(read({ ...others, 'gen_ai.request.model': 'gpt-4o' })).to.deep.include({
        usage: { inputTokens: 3500, outputTokens: 310, cacheReadTokens: 1500 },
      });
      expect(read({ ...others, 'gen_ai.request.model': 'gpt-4o' })?.warnings).to.equal(undefined);
    });

    it('records its loop in spans that are not calls', () => {
      expect(read({ 'gen_ai.event.start_time': 'x', 'agent_loop.cycle_id': 'cycle-1' })).to.equal(undefined);
    });
  });

  describe('Genkit', () => {
    const action = (name: string, output: object, subtype = 'model') =>
      read({
        'genkit:metadata:subtype': subtype,
        'genkit:name': name,
        'genkit:output': JSON.stringify(output),
      });

    it("has Gemini's counts in the action's output", () => {
      const usage = { inputTokens: 5000, outputTokens: 300, thoughtsTokens: 700, totalTokens: 6000 };
      expect(
        action('googleai/gemini-2.5-flash', { usage: { ...usage, cachedContentTokens: 4000 } }),
      ).to.deep.equal({
        dialect: 'genkit',
        kind: 'inference',
        model: 'googleai/gemini-2.5-flash',
        usage: { inputTokens: 5000, outputTokens: 1000, cacheReadTokens: 4000, reasoningTokens: 700 },
      });
    });

    it("excludes cached tokens from Claude's input", () => {
      const custom = {
        cache_read_input_tokens: 1500,
        cache_creation_input_tokens: 400,
        ephemeral_1h_input_tokens: 400,
      };
      const usage = { inputTokens: 3100, outputTokens: 310, custom };
      expect(action('anthropic/claude-sonnet-4-5', { usage })?.usage).to.deep.equal({
        inputTokens: 5000,
        outputTokens: 310,
        cacheReadTokens: 1500,
        cacheWriteTokens: 400,
        cacheWrite1hTokens: 400,
      });
    });

    it('has OpenAI’s cached tokens in the raw response', () => {
      const raw = { service_tier: 'flex', usage: { prompt_tokens_details: { cached_tokens: 4000 } } };
      const usage = { inputTokens: 5000, outputTokens: 300, totalTokens: 5300 };
      expect(action('openai/gpt-4o', { usage, raw })).to.deep.include({
        serviceTier: 'flex',
        usage: { inputTokens: 5000, outputTokens: 300, cacheReadTokens: 4000 },
      });
    });

    it('records tools, flows and its own work in spans that are not calls', () => {
      for (const subtype of ['tool', 'flow', 'executable-prompt', 'retriever'])
        expect(action('lookup_order', {}, subtype), subtype).to.equal(undefined);
      expect(read({ 'genkit:type': 'util', 'genkit:name': 'generate' })).to.equal(undefined);
    });
  });

  describe('VoltAgent', () => {
    const scope = '@voltagent/core';
    const agent: Attributes = {
      'voltagent.operation_id': 'o1',
      'entity.type': 'agent',
      'ai.model.name': 'gpt-4o',
      'usage.prompt_tokens': 1800,
      'usage.completion_tokens': 150,
      'usage.total_tokens': 1950,
      'usage.cached_tokens': 768,
      'usage.reasoning_tokens': 0,
    };

    it("has the counts of all steps on the agent's span", () => {
      expect(read(agent, scope)).to.deep.equal({
        dialect: 'voltagent',
        kind: 'inference',
        model: 'gpt-4o',
        usage: { inputTokens: 1800, outputTokens: 150, cacheReadTokens: 768, reasoningTokens: 0 },
        warnings: ['ambiguous_cache_tokens'],
      });
    });

    it("has those of the last step on the call's span, which is therefore not a call", () => {
      const llm = {
        'entity.type': 'agent',
        'span.type': 'llm',
        'llm.operation': 'generateText',
        'llm.model': 'gpt-4o',
      };
      expect(read(llm, scope)).to.equal(undefined);
      expect(read({ 'llm.model': 'gpt-4o', 'span.type': 'llm' })).to.include({ dialect: 'llm' });
    });
  });

  describe('LangSmith', () => {
    const run = (kind: string, more: Attributes = {}): Attributes => ({
      'langsmith.span.kind': kind,
      'gen_ai.operation.name': 'chat',
      'gen_ai.system': 'openai',
      'gen_ai.request.model': 'gpt-4o',
      ...more,
    });
    const usage = (details: object) => ({
      'langsmith.usage_metadata': JSON.stringify({ input_tokens: 5000, output_tokens: 300, ...details }),
    });

    it('has the counts and their parts in JSON, and those of LangChain only there', () => {
      const call = read(
        run('llm', {
          'gen_ai.response.service_tier': 'flex',
          ...usage({
            input_token_details: { audio: 10, cache_read: 4000 },
            output_token_details: { audio: 0, reasoning: 64 },
          }),
        }),
      );
      expect(call).to.deep.include({
        dialect: 'langsmith',
        provider: 'openai',
        serviceTier: 'flex',
        usage: {
          inputTokens: 5000,
          outputTokens: 300,
          cacheReadTokens: 4000,
          reasoningTokens: 64,
          inputAudioTokens: 10,
          outputAudioTokens: 0,
        },
      });
      expect(call).not.to.have.property('warnings');
    });

    it('distinguishes cache writes by time to live', () => {
      const written = (fiveMinutes: number, hour: number) =>
        read(
          run(
            'llm',
            usage({
              input_token_details: {
                cache_read: 0,
                ephemeral_5m_input_tokens: fiveMinutes,
                ephemeral_1hr_input_tokens: hour,
              },
            }),
          ),
        )?.usage;
      expect(written(400, 0)).to.include({ cacheWriteTokens: 400, cacheWrite1hTokens: 0 });
      expect(written(0, 400)).to.include({ cacheWriteTokens: 400, cacheWrite1hTokens: 400 });
    });

    it('warns if the parts are missing', () => {
      const plain = { 'gen_ai.usage.input_tokens': 5000, 'gen_ai.usage.output_tokens': 300 };
      expect(read(run('llm', plain))).to.deep.include({
        usage: { inputTokens: 5000, outputTokens: 300 },
        warnings: ['ambiguous_cache_tokens'],
      });
    });

    it('labels prompts as chats and retrievers as embeddings, which are not calls', () => {
      expect(read(run('prompt'))).to.equal(undefined);
      expect(read(run('retriever'))).to.equal(undefined);
      expect(read(run('chain'))?.kind).to.equal('aggregate');
    });
  });

  it('TanStack AI: excludes cached tokens with Anthropic, and includes them otherwise', () => {
    const call = (system: string): Attributes => ({
      'gen_ai.operation.name': 'chat',
      'gen_ai.system': system,
      'tanstack.ai.iteration': 0,
      'gen_ai.usage.input_tokens': 3500,
      'gen_ai.usage.output_tokens': 310,
      'gen_ai.usage.cache_read.input_tokens': 1500,
    });
    expect(read(call('anthropic'))?.usage?.inputTokens).to.equal(5000);
    expect(read(call('openai'))?.usage?.inputTokens).to.equal(3500);
  });

  it('Judgment: input excludes cached tokens', () => {
    const call: Attributes = {
      'judgment.span_kind': 'llm',
      'judgment.llm.model': 'claude-sonnet-4-5',
      'judgment.usage.non_cached_input_tokens': 3100,
      'judgment.usage.output_tokens': 310,
      'judgment.usage.cache_read_input_tokens': 1500,
      'judgment.usage.cache_creation_input_tokens': 400,
      'judgment.usage.metadata':
        '{"service_tier":"priority","cache_creation":{"ephemeral_1h_input_tokens":100}}',
      'judgment.usage.total_cost_usd': 0.25,
    };
    expect(read(call)).to.deep.equal({
      dialect: 'judgeval',
      kind: 'inference',
      model: 'claude-sonnet-4-5',
      serviceTier: 'priority',
      costUsd: 0.25,
      usage: {
        inputTokens: 5000,
        outputTokens: 310,
        cacheReadTokens: 1500,
        cacheWriteTokens: 400,
        cacheWrite1hTokens: 100,
      },
    });
    expect(read({ 'judgment.span_kind': 'span' })).to.equal(undefined);
  });

  it('Mastra: the loop and its turns restate', () => {
    for (const operation of ['model_generation', 'model_step', 'agent_step'])
      expect(read({ 'gen_ai.operation.name': operation })?.kind, operation).to.equal('aggregate');
  });

  it('LiveKit: its own names for audio and cached tokens', () => {
    const counts = { 'gen_ai.usage.input_tokens': 500, 'gen_ai.usage.output_tokens': 90 };
    for (const [audio, cached] of [
      ['audio.input_tokens', 'cache_read.input_tokens'],
      ['input_audio_tokens', 'input_cached_tokens'],
    ])
      expect(
        read({
          ...counts,
          [`gen_ai.usage.${audio}`]: 400,
          [`gen_ai.usage.${audio?.replace('input', 'output')}`]: 80,
          [`gen_ai.usage.${cached}`]: 100,
        })?.usage,
        audio,
      ).to.include({ inputAudioTokens: 400, outputAudioTokens: 80, cacheReadTokens: 100 });
  });

  describe('an unknown operation', () => {
    it('is not a call if the span has nothing that calls have', () => {
      for (const operation of ['model_chunk', 'execute_node', 'memory.search', 'workflow_step'])
        expect(read({ 'gen_ai.operation.name': operation, 'gen_ai.provider.name': 'x' }), operation).to.equal(
          undefined,
        );
    });

    it('is a call with a model, with counts, or with a cost', () => {
      for (const more of [
        { 'gen_ai.request.model': 'm' },
        { 'gen_ai.usage.input_tokens': 1, 'gen_ai.usage.output_tokens': 1 },
        { 'gen_ai.usage.cost': 0.1 },
      ])
        expect(read({ 'gen_ai.operation.name': 'judge', ...more })?.kind).to.equal('inference');
    });
  });
});
