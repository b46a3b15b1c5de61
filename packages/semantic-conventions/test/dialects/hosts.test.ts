import { expect } from 'chai';
import { readLlmCall } from '../../src/index.js';

type Attributes = Record<string, unknown>;
const read = (attributes: Attributes, scope = 'any') =>
  readLlmCall({ attributes, instrumentationScope: { name: scope } });

// Run against the fake provider, or read in the published package: see test/peers/FACTS.md.
describe('what distributions and hosts of agents mean by their attribute names', () => {
  describe('AWS’s distribution', () => {
    const agents = '@aws/aws-distro-opentelemetry-instrumentation-openai-agents';
    const response: Attributes = {
      'gen_ai.provider.name': 'openai',
      'gen_ai.operation.name': 'chat',
      'gen_ai.response.model': 'gpt-4o',
      'gen_ai.usage.input_tokens': 5000,
      'gen_ai.usage.output_tokens': 300,
      'gen_ai.usage.total_tokens': 5300,
    };

    it('omits cached tokens from calls, and has them in the spans of turns', () => {
      expect(read(response, agents)?.warnings).to.deep.equal(['ambiguous_cache_tokens']);
      const langChain = '@aws/aws-distro-opentelemetry-instrumentation-langchain';
      expect(read(response, langChain)?.warnings).to.deep.equal(['ambiguous_cache_tokens']);
    });

    it('records turns, handoffs and chains in spans that are not calls', () => {
      const turn = {
        'gen_ai.provider.name': 'openai',
        'gen_ai.usage.input_tokens': 5000,
        'gen_ai.usage.output_tokens': 300,
        'gen_ai.usage.cache_read.input_tokens': 4000,
      };
      expect(read(turn, agents)).to.equal(undefined);
      expect(read({ 'gen_ai.provider.name': 'openai' }, agents)).to.equal(undefined);
    });

    it('restates the whole run in the span of the workflow', () => {
      const workflow = { ...response, 'gen_ai.operation.name': 'invoke_workflow' };
      expect(read(workflow, agents)?.kind).to.equal('aggregate');
    });
  });

  describe('Trigger.dev', () => {
    const scope = '@trigger.dev/sdk';
    const usage = {
      'gen_ai.usage.input_tokens': 1800,
      'gen_ai.usage.output_tokens': 150,
      'gen_ai.usage.total_tokens': 1950,
    };

    it('restates the AI SDK’s steps in the span of a turn', () => {
      const turn = { 'gen_ai.conversation.id': 'c1', 'gen_ai.operation.name': 'chat', ...usage };
      expect(read({ ...turn, '$entity.type': 'chat-turn' }, scope)).to.deep.include({
        dialect: 'trigger_dev',
        kind: 'aggregate',
        usage: { inputTokens: 1800, outputTokens: 150 },
      });
    });

    it('repeats the counts of a turn in the span of its hook, which is no call', () => {
      expect(read({ 'chat.id': 'c1', 'chat.turn': 1, ...usage }, scope)).to.equal(undefined);
    });

    it('records attempts, waits and streams in spans that are not calls', () => {
      for (const type of ['attempt', 'prompt', 'realtime-stream', 'waitpoint'])
        expect(read({ 'gen_ai.conversation.id': 'c1', '$entity.type': type }, scope), type).to.equal(
          undefined,
        );
    });
  });

  describe('Flue', () => {
    const usage = {
      'gen_ai.usage.input_tokens': 5000,
      'gen_ai.usage.output_tokens': 300,
      'gen_ai.usage.cache_read.input_tokens': 4000,
      'gen_ai.usage.cache_creation.input_tokens': 0,
    };

    it('counts cached tokens as input', () => {
      const chat = { 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'anthropic', ...usage };
      expect(read(chat, '@flue/opentelemetry')).to.deep.include({
        kind: 'inference',
        usage: { inputTokens: 5000, outputTokens: 300, cacheReadTokens: 4000, cacheWriteTokens: 0 },
      });
    });

    it('records its other operations in spans that are not calls', () => {
      const operation = { 'flue.operation.kind': 'compact', ...usage };
      expect(read(operation, '@flue/opentelemetry')).to.equal(undefined);
    });
  });

  describe('Gemini CLI', () => {
    const call: Attributes = {
      'gen_ai.operation.name': 'llm_call',
      'gen_ai.request.model': 'gemini-2.5-flash',
      'gen_ai.usage.input_tokens': 5000,
      'gen_ai.usage.output_tokens': 300,
    };

    it("lacks cached tokens and Gemini's thoughts", () => {
      expect(read(call, 'gemini-cli')).to.deep.equal({
        dialect: 'gemini_cli',
        kind: 'inference',
        model: 'gemini-2.5-flash',
        usage: { inputTokens: 5000, outputTokens: 300 },
        warnings: ['ambiguous_cache_tokens', 'inexact_token_counts'],
      });
    });

    it('records prompts and tools in spans that are not calls', () => {
      for (const operation of ['schedule_tool_calls', 'system_prompt', 'tool_call', 'user_prompt'])
        expect(read({ ...call, 'gen_ai.operation.name': operation }, 'gemini-cli'), operation).to.equal(
          undefined,
        );
      expect(read({ 'gen_ai.operation.name': 'agent_call' }, 'gemini-cli')?.kind).to.equal('aggregate');
    });
  });

  describe('MLflow', () => {
    const span = (type: string, more: Record<string, object | string> = {}): Attributes =>
      Object.fromEntries(
        Object.entries({ 'mlflow.spanType': type, ...more }).map(([key, value]) => [
          key,
          JSON.stringify(value),
        ]),
      );
    const called = {
      'mlflow.spanInputs': { model: 'gpt-4o', messages: [] },
      'mlflow.spanOutputs': { model: 'gpt-4o-2024-08-06', choices: [] },
      'mlflow.chat.tokenUsage': { input_tokens: 1200, output_tokens: 350, total_tokens: 1550 },
      'mlflow.message.format': 'openai',
    };

    it('writes each value as JSON, and the model in the request and the response', () => {
      expect(read(span('LLM', called))).to.deep.equal({
        dialect: 'mlflow',
        kind: 'inference',
        model: 'gpt-4o-2024-08-06',
        provider: 'openai',
        usage: { inputTokens: 1200, outputTokens: 350 },
        warnings: ['ambiguous_cache_tokens'],
      });
      const { 'mlflow.spanOutputs': _, ...failed } = called;
      expect(read(span('CHAT_MODEL', failed))?.model).to.equal('gpt-4o');
      expect(read(span('LLM', { ...called, 'mlflow.llm.model': 'gpt-5' }))?.model).to.equal('gpt-5');
    });

    it('omits the cache from its own counts, but not from the response', () => {
      const of = (output: object, format: string) =>
        read(span('LLM', { ...called, 'mlflow.spanOutputs': output, 'mlflow.message.format': format }));
      const chat = {
        model: 'gpt-4o',
        service_tier: 'flex',
        usage: {
          prompt_tokens: 5000,
          completion_tokens: 300,
          prompt_tokens_details: { cached_tokens: 4000 },
          completion_tokens_details: { reasoning_tokens: 100 },
        },
      };
      expect(of(chat, 'openai')).to.deep.equal({
        dialect: 'mlflow',
        kind: 'inference',
        model: 'gpt-4o',
        provider: 'openai',
        serviceTier: 'flex',
        usage: { inputTokens: 5000, outputTokens: 300, cacheReadTokens: 4000, reasoningTokens: 100 },
      });
      const message = {
        model: 'claude-sonnet-4-5',
        usage: {
          input_tokens: 1000,
          output_tokens: 300,
          cache_read_input_tokens: 4000,
          cache_creation_input_tokens: 500,
          cache_creation: { ephemeral_1h_input_tokens: 500 },
        },
      };
      expect(of(message, 'anthropic')?.usage).to.deep.equal({
        inputTokens: 5500,
        outputTokens: 300,
        cacheReadTokens: 4000,
        cacheWriteTokens: 500,
        cacheWrite1hTokens: 500,
      });
      expect(of(message, 'anthropic')).not.to.have.property('warnings');
      const usageMetadata = { cachedContentTokenCount: 400, thoughtsTokenCount: 700, totalTokenCount: 2250 };
      expect(of({ usageMetadata }, 'gemini')?.usage).to.deep.equal({
        inputTokens: 1200,
        outputTokens: 1050,
        cacheReadTokens: 400,
        reasoningTokens: 700,
      });
    });

    it('records chains, tools and retrievers in spans that are not calls', () => {
      expect(read(span('CHAIN'))?.kind).to.equal('aggregate');
      expect(read(span('AGENT'))?.kind).to.equal('aggregate');
      expect(read(span('EMBEDDING'))?.kind).to.equal('embedding');
      for (const type of ['TOOL', 'RETRIEVER', 'PARSER', 'RERANKER', 'MEMORY', 'UNKNOWN'])
        expect(read(span(type)), type).to.equal(undefined);
    });
  });
});
