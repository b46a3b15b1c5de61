import { expect } from 'chai';
import { readLlmCall } from '../../src/index.js';

type Attributes = Record<string, unknown>;
const read = (scope: string, attributes: Attributes) =>
  readLlmCall({ attributes, instrumentationScope: { name: scope } });

// What real packages write is in test/peers; here is one span of each, cut down to what decides.
describe('what an emitter means by its attribute names', () => {
  const anthropic: Attributes = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'anthropic',
    'gen_ai.request.model': 'claude-sonnet-4-5',
    'gen_ai.usage.input_tokens': 3500,
    'gen_ai.usage.output_tokens': 310,
    'gen_ai.usage.cache_read.input_tokens': 1500,
  };

  it('the convention: input includes cached tokens', () => {
    const call = read('com.anthropic.sdk.typescript', anthropic);
    expect(call?.usage).to.include({ inputTokens: 3500, cacheReadTokens: 1500 });
  });

  it("Anthropic's client: tokens for compacting the context are separate, without their cached part", () => {
    const call = read('com.anthropic.sdk.typescript', {
      ...anthropic,
      'anthropic.usage.compaction.input_tokens': 180_000,
      'anthropic.usage.compaction.output_tokens': 3_000,
    });
    expect(call?.usage).to.include({ inputTokens: 183_500, outputTokens: 3_310, cacheReadTokens: 1500 });
    expect(call?.warnings).to.deep.equal(['inexact_token_counts']);
  });

  it("Anthropic's client: spans of requests that are not calls", () => {
    const models = { 'gen_ai.provider.name': 'anthropic', 'http.route': '/v1/models' };
    expect(read('com.anthropic.sdk.typescript', models)).to.equal(undefined);
    const count = { 'gen_ai.provider.name': 'anthropic', 'gen_ai.request.model': 'claude-sonnet-4-5' };
    expect(read('com.anthropic.sdk.typescript.bedrock', count)).to.equal(undefined);
    expect(read('another', count)).to.include({ kind: 'inference' });
  });

  for (const scope of ['@openlit/instrumentation-anthropic', '@traceloop/instrumentation-anthropic'])
    it(`${scope}: input excludes cached tokens, even if all came from the cache`, () => {
      expect(read(scope, anthropic)?.usage).to.include({ inputTokens: 5000, cacheReadTokens: 1500 });
      const cachedOnly = { ...anthropic, 'gen_ai.usage.input_tokens': 0 };
      expect(read(scope, cachedOnly)?.usage).to.include({ inputTokens: 1500, cacheReadTokens: 1500 });
    });

  it('Sentry: the counts of an Anthropic stream through LangChain are inexact, others are not', () => {
    const from = (origin: string, provider = 'anthropic') =>
      read('x', { ...anthropic, 'gen_ai.provider.name': provider, 'sentry.origin': origin })?.warnings;
    expect(from('auto.ai.langchain')).to.deep.equal(['inexact_token_counts']);
    expect(from('auto.ai.anthropic')).to.equal(undefined);
    expect(from('auto.ai.langchain', 'openai')).to.equal(undefined);
  });

  it("OpenInference's LangChain handler: missing cache writes are ambiguous", () => {
    const call = (more: Attributes) =>
      read('@arizeai/openinference-instrumentation-langchain', {
        'openinference.span.kind': 'LLM',
        'llm.token_count.prompt': 1000,
        'llm.token_count.completion': 300,
        ...more,
      })?.warnings;
    expect(call({})).to.deep.equal(['ambiguous_cache_tokens']);
    expect(call({ 'llm.token_count.prompt_details.cache_write': 0 })).to.equal(undefined);
  });

  for (const [emitter, cacheRead, cacheWrite, reasoning] of [
    ['dd-trace', 'cache_read_input_tokens', 'cache_write_input_tokens', 'reasoning_output_tokens'],
    ['older Traceloop', 'cache_read_input_tokens', 'cache_creation_input_tokens', 'reasoning_tokens'],
    ['older Sentry', 'input_tokens.cached', 'input_tokens.cache_write', 'output_tokens.reasoning'],
    [
      'older openlit',
      'prompt_tokens_details.cache_read',
      'prompt_tokens_details.cache_write',
      'completion_tokens_details.reasoning',
    ],
  ] as const)
    it(`${emitter}: its own names for the parts of the counts`, () => {
      const call = read('any', {
        'gen_ai.request.model': 'gpt-5',
        'gen_ai.usage.input_tokens': 100,
        'gen_ai.usage.output_tokens': 50,
        [`gen_ai.usage.${cacheRead}`]: 30,
        [`gen_ai.usage.${cacheWrite}`]: 20,
        [`gen_ai.usage.${reasoning}`]: 10,
      });
      expect(call?.usage).to.deep.equal({
        inputTokens: 100,
        outputTokens: 50,
        cacheReadTokens: 30,
        cacheWriteTokens: 20,
        reasoningTokens: 10,
      });
    });

  it('dd-trace: its span kinds, and its names for model and provider', () => {
    const named = { '_ml_obs.meta.model_name': 'gpt-5', '_ml_obs.meta.model_provider': 'openai' };
    expect(read('dd-trace', { ...named, 'gen_ai.operation.name': 'llm' })).to.deep.equal({
      dialect: 'datadog',
      kind: 'inference',
      model: 'gpt-5',
      provider: 'openai',
    });
    expect(read('dd-trace', { ...named, 'gen_ai.operation.name': 'agent' })?.kind).to.equal('aggregate');
    expect(read('dd-trace', { ...named, 'gen_ai.operation.name': 'task' })).to.equal(undefined);
  });

  it('Sentry before it took the names of the conventions', () => {
    expect(
      read('sentry', {
        'ai.model_id': 'gpt-4o',
        'ai.prompt_tokens.used': 10,
        'ai.completion_tokens.used': 4,
        'ai.total_cost': 0.5,
      }),
    ).to.deep.equal({
      dialect: 'sentry_legacy',
      kind: 'inference',
      model: 'gpt-4o',
      usage: { inputTokens: 10, outputTokens: 4 },
      costUsd: 0.5,
    });
  });

  it('Langfuse: buckets of cached tokens under Anthropic’s names are input too', () => {
    const details = { input: 5, cache_read_input_tokens: 100, cache_creation_input_tokens: 20, output: 7 };
    expect(
      read('langfuse-sdk', {
        'langfuse.observation.type': 'generation',
        'langfuse.observation.usage_details': JSON.stringify(details),
      })?.usage,
    ).to.deep.equal({ inputTokens: 125, outputTokens: 7, cacheReadTokens: 100, cacheWriteTokens: 20 });
  });

  it('Langfuse: audio is part of the input and of the output', () => {
    const details = { input: 500, input_audio_tokens: 1000, output: 50, output_audio_tokens: 300 };
    expect(
      read('langfuse-sdk', {
        'langfuse.observation.type': 'generation',
        'langfuse.observation.usage_details': JSON.stringify(details),
      })?.usage,
    ).to.deep.equal({ inputTokens: 1500, outputTokens: 350, inputAudioTokens: 1000, outputAudioTokens: 300 });
  });

  for (const [name, scope, attributes, without] of [
    [
      'openlit, streamed',
      '@openlit/instrumentation-openai',
      { 'gen_ai.request.is_stream': true },
      'gen_ai.request.is_stream',
    ],
    ['Sentry over LangChain', 'sentry', { 'sentry.origin': 'auto.ai.langchain' }, 'sentry.origin'],
  ] as const)
    it(`warns of counts that are known to be inexact: ${name}`, () => {
      const inexact: Attributes = { ...anthropic, ...attributes };
      expect(read(scope, inexact)?.warnings).to.include('inexact_token_counts');
      const { [without]: _, ...exact } = inexact;
      expect(read(scope, exact)).not.to.have.property('warnings');
    });

  it('Langfuse: the counts of an Anthropic stream through LangChain are inexact', () => {
    const span = (provider: string): Attributes => ({
      'langfuse.observation.type': 'generation',
      'langfuse.observation.metadata.ls_provider': provider,
      'langfuse.observation.usage_details': '{"input":10,"output":4}',
      'langfuse.observation.completion_start_time': '"2026-11-25T10:00:01.500Z"',
    });
    expect(read('langfuse-sdk', span('anthropic'))?.warnings).to.deep.equal(['inexact_token_counts']);
    expect(read('langfuse-sdk', span('openai'))).not.to.have.property('warnings');
  });

  it('OpenInference for Bedrock: input excludes cached tokens, or they are missing', () => {
    const span: Attributes = {
      'openinference.span.kind': 'LLM',
      'llm.provider': 'aws',
      'llm.token_count.prompt': 3500,
      'llm.token_count.completion': 310,
    };
    const cached = { ...span, 'llm.token_count.prompt_details.cache_read': 1500 };
    const scope = '@arizeai/openinference-instrumentation-bedrock';
    expect(read(scope, cached)?.usage).to.include({ inputTokens: 5000, cacheReadTokens: 1500 });
    expect(read(scope, span)?.warnings).to.deep.equal(['ambiguous_cache_tokens']);
    expect(read('@arizeai/openinference-instrumentation-openai', cached)?.usage?.inputTokens).to.equal(3500);
  });

  it('OpenInference for the Claude Agent SDK: the sum of a run, without cached tokens, and its cost', () => {
    const call = read('@arizeai/openinference-instrumentation-claude-agent-sdk', {
      'openinference.span.kind': 'AGENT',
      'llm.model_name': 'claude-sonnet-4-5',
      'llm.token_count.prompt': 12,
      'llm.token_count.completion': 900,
      'llm.token_count.total': 912,
      'llm.cost.total': 0.0371,
    });
    expect(call).to.deep.include({
      kind: 'aggregate',
      costUsd: 0.0371,
      warnings: ['ambiguous_cache_tokens'],
    });
  });

  it("OpenInference for OpenAI's Agents: the provider is always OpenAI, and only OpenAI's cache is counted", () => {
    const scope = '@arizeai/openinference-instrumentation-openai-agents';
    const call = read(scope, {
      'openinference.span.kind': 'LLM',
      'llm.system': 'openai',
      'llm.model_name': 'anthropic.messages:claude-sonnet-4-5',
      'llm.token_count.prompt': 5000,
      'llm.token_count.completion': 300,
    });
    expect(call).to.deep.include({
      model: 'anthropic.messages:claude-sonnet-4-5',
      warnings: ['ambiguous_cache_tokens'],
    });
    expect(call).not.to.have.property('provider');
    const response = read(scope, {
      'openinference.span.kind': 'LLM',
      'llm.system': 'openai',
      'llm.provider': 'openai',
      'llm.token_count.prompt': 1200,
      'llm.token_count.completion': 350,
      'llm.token_count.prompt_details.cache_read': 0,
    });
    expect(response?.provider).to.equal('openai');
    expect(response).not.to.have.property('warnings');
  });

  for (const scope of [
    '@arizeai/openinference-tanstack-ai',
    '@arizeai/openinference-instrumentation-beeai',
    '@arizeai/openinference-instrumentation-bedrock-agent',
  ])
    it(`${scope} leaves cache counts out`, () => {
      const span = {
        'openinference.span.kind': 'LLM',
        'llm.token_count.prompt': 1000,
        'llm.token_count.completion': 300,
      };
      expect(read(scope, span)?.warnings).to.deep.equal(['ambiguous_cache_tokens']);
    });

  it('reads scopes of SDK 1.30', () => {
    const call = readLlmCall({
      attributes: anthropic,
      instrumentationLibrary: { name: '@openlit/instrumentation-anthropic' },
    });
    expect(call?.usage?.inputTokens).to.equal(5000);
  });

  it("openlit: a cost that it computed itself is not the provider's", () => {
    const attributes = { ...anthropic, 'gen_ai.usage.cost': 0.5 };
    expect(read('@openlit/instrumentation-anthropic', attributes)?.costUsd).to.equal(undefined);
    expect(read('anything else', attributes)?.costUsd).to.equal(0.5);
  });

  it('openlit for LangChain: estimated tokens are ignored', () => {
    expect(read('@openlit/instrumentation-langchain', anthropic)?.usage).to.equal(undefined);
  });

  it('warns of missing cache counts', () => {
    const { 'gen_ai.usage.cache_read.input_tokens': _, ...uncounted } = anthropic;
    for (const scope of [
      '@traceloop/instrumentation-openai',
      '@traceloop/instrumentation-azure',
      '@traceloop/instrumentation-bedrock',
      '@agentuity/otel-llm',
      '@opentelemetry/instrumentation-openai',
      '@opentelemetry/instrumentation-aws-sdk',
      '@azure/ai-inference-rest',
      '@azure/ai-projects',
      '@elastic/opentelemetry-instrumentation-openai',
      '@traceloop/instrumentation-llamaindex',
      'langwatch.instrumentation.langchain',
      'microsoft-otel-langchain',
      'microsoft-otel-openai-agents',
      'mistralai_sdk_tracer',
      'so.latitude.instrumentation.openai-agents',
    ])
      expect(read(scope, uncounted)?.warnings, scope).to.deep.equal(['ambiguous_cache_tokens']);
    const axiom = { ...uncounted, 'axiom.gen_ai.sdk.name': 'axiom' };
    expect(read('the application’s', axiom)?.warnings).to.deep.equal(['ambiguous_cache_tokens']);
    expect(read('anything else', uncounted)).not.to.have.property('warnings');
  });

  it("warns of Anthropic's cache writes without their time to live", () => {
    const writes = { ...anthropic, 'gen_ai.usage.cache_write.input_tokens': 100 };
    expect(read('x', writes)?.warnings).to.deep.equal(['ambiguous_cache_tokens']);
    const told = { ...writes, 'anthropic.usage.cache_creation.ephemeral_1h_input_tokens': 0 };
    expect(read('x', told)).not.to.have.property('warnings');
    const from = (provider: string, model: string) =>
      read('x', { ...writes, 'gen_ai.provider.name': provider, 'gen_ai.request.model': model })?.warnings;
    expect(from('openai', 'gpt-5.6-sol')).to.equal(undefined);
    // Whoever sells it.
    expect(from('aws.bedrock', 'us.anthropic.claude-sonnet-4-5-20250929-v1:0')).to.deep.equal([
      'ambiguous_cache_tokens',
    ]);
    expect(from('gcp.vertex_ai', 'claude-sonnet-4-5@20250929')).to.deep.equal(['ambiguous_cache_tokens']);
    expect(from('aws.bedrock', 'amazon.nova-pro-v1:0')).to.equal(undefined);
  });

  it('Mastra: the time to live of cache writes, and audio tokens', () => {
    const call = read('@mastra/otel', {
      ...anthropic,
      'gen_ai.usage.input_tokens': 1000,
      'gen_ai.usage.cache_creation.input_tokens': 500,
      'gen_ai.usage.cache_creation.5m_input_tokens': 300,
      'gen_ai.usage.cache_creation.1h_input_tokens': 200,
      'gen_ai.usage.audio_input_tokens': 40,
    });
    expect(call).not.to.have.property('warnings');
    expect(call?.usage).to.include({ cacheWriteTokens: 500, cacheWrite1hTokens: 200, inputAudioTokens: 40 });
  });

  it('the convention: audio tokens', () => {
    const call = read('x', { ...anthropic, 'gen_ai.usage.audio.input_tokens': 40 });
    expect(call?.usage).to.include({ inputAudioTokens: 40 });
  });

  it('OpenInference: the tier in the invocation parameters', () => {
    const tierOf = (parameters: string) =>
      read('x', {
        'openinference.span.kind': 'LLM',
        'llm.model_name': 'gpt-5',
        'llm.invocation_parameters': parameters,
      })?.serviceTier;
    expect(tierOf('{"model":"gpt-5","service_tier":"flex"}')).to.equal('flex');
    expect(tierOf('{"service_tier": "priority", "seed": 1}')).to.equal('priority');
    for (const none of [
      '{}',
      '{"service_tier":null}',
      '{"service_tier":null,"user":"flex"}',
      '{"user":"\\"service_tier\\":\\"flex\\""}',
      '{"service_tier":"fl',
    ])
      expect(tierOf(none), none).to.equal(undefined);
  });

  describe('a call without a service tier', () => {
    const chat = { ...anthropic, 'gen_ai.provider.name': 'openai' };
    const own = { 'ai.operationId': 'ai.generateText.doGenerate', 'ai.model.id': 'gpt-5' };
    for (const [emitter, scope, span] of [
      ['AI SDK 5', 'ai', { ...own, 'ai.settings.maxRetries': 2 }],
      ["the Workflow SDK's agents", 'ai', own],
      ['AI SDK 6', 'ai', { ...own, 'ai.usage.inputTokenDetails.noCacheTokens': 7 }],
      ['AI SDK 7', 'gen_ai', chat],
      ['Flue', '@flue/opentelemetry', chat],
      ['Sentry', 'x', { ...chat, 'sentry.origin': 'auto.ai.openai' }],
      ['Langfuse', 'langfuse-sdk', { 'langfuse.observation.type': 'generation' }],
    ] as const)
      it(`may have been served at any, from ${emitter}`, () => {
        expect(read(scope, span)).to.include({ isTierUntold: true });
      });

    it('was served at the standard tier, from emitters that record the other tiers', () => {
      expect(read('x', chat)).not.to.have.property('isTierUntold');
      expect(read('x', { 'llm.model': 'gpt-5' })).not.to.have.property('isTierUntold');
    });

    it('differs from one with a service tier', () => {
      const metadata = { 'ai.response.providerMetadata': '{"openai":{"serviceTier":"default"}}' };
      expect(read('ai', { ...own, ...metadata })).not.to.have.property('isTierUntold');
      const told = { ...chat, 'openai.response.service_tier': 'default' };
      expect(read('gen_ai', told)).not.to.have.property('isTierUntold');
    });
  });

  it('reads the older names from a tracer that is called like that of the AI SDK 7', () => {
    const span = {
      'gen_ai.system': 'azure',
      'gen_ai.request.model': 'gpt-4o',
      'gen_ai.usage.prompt_tokens': 1000,
      'gen_ai.usage.completion_tokens': 300,
    };
    for (const scope of ['gen_ai', 'gen_ai.client'])
      expect(read(scope, span)).to.deep.include({
        provider: 'azure',
        usage: { inputTokens: 1000, outputTokens: 300 },
      });
  });

  describe('AI SDK', () => {
    const step: Attributes = {
      'ai.operationId': 'ai.generateText.doGenerate',
      'ai.settings.maxRetries': 2,
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
        requestedModel: 'claude-sonnet-4-5',
        usage: { inputTokens: 5000, outputTokens: 300, cacheReadTokens: 4000, cacheWriteTokens: 0 },
        isTierUntold: true,
      });
    });
    it('5: the time to live of cache writes as well', () => {
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
    for (const [provider, metadata] of [
      ['vertex.anthropic.messages', { anthropic: { usage: { cache_creation_input_tokens: 0 } } }],
      ['amazon-bedrock', { bedrock: { usage: { cacheWriteInputTokens: 0 } } }],
    ] as const)
      it(`5: input without cached tokens from ${provider}`, () => {
        const call = read('ai', {
          ...step,
          'ai.model.provider': provider,
          'gen_ai.usage.input_tokens': 5000,
          'ai.usage.cachedInputTokens': 1000,
          'ai.response.providerMetadata': JSON.stringify(metadata),
        });
        expect(call?.usage).to.include({ inputTokens: 6000, cacheReadTokens: 1000, cacheWriteTokens: 0 });
        expect(call).not.to.have.property('warnings');
      });
    for (const provider of [
      'azure-openai.chat',
      'openai.responses',
      'vercel',
      'google.vertex.chat',
      'amazon',
    ])
      it(`5: input with cached tokens from ${provider}`, () => {
        const call = read('ai', {
          ...step,
          'ai.model.provider': provider,
          'gen_ai.usage.input_tokens': 5000,
          'ai.usage.cachedInputTokens': 1000,
        });
        expect(call?.usage).to.include({ inputTokens: 5000, cacheReadTokens: 1000 });
      });
    it('5 with Bedrock: cache counts from the metadata, and a warning if the reads are missing', () => {
      const call = (usage: object) =>
        read('ai', {
          ...step,
          'ai.model.provider': 'amazon-bedrock',
          'ai.response.providerMetadata': JSON.stringify({ bedrock: { usage } }),
        });
      const counts = { cacheReadInputTokens: 4000, cacheWriteInputTokens: 500 };
      expect(call(counts)?.usage).to.include({ inputTokens: 5500, cacheReadTokens: 4000 });
      expect(call({ cacheWriteInputTokens: 500 })).to.deep.include({
        usage: { inputTokens: 1500, outputTokens: 300, cacheWriteTokens: 500 },
        warnings: ['ambiguous_cache_tokens'],
      });
    });
    for (const [metadata, serviceTier] of [
      [{ bedrock: { serviceTier: { type: 'flex' } } }, 'flex'],
      [
        { googleVertex: { serviceTier: null, usageMetadata: { trafficType: 'ON_DEMAND_FLEX' } } },
        'ON_DEMAND_FLEX',
      ],
      [{ google: { usageMetadata: { trafficType: 'PROVISIONED_THROUGHPUT' } } }, 'PROVISIONED_THROUGHPUT'],
      [{ google: { serviceTier: 'priority', usageMetadata: { trafficType: 'ON_DEMAND' } } }, 'priority'],
      [{ openai: { serviceTier: 'fast' } }, 'fast'],
      [{ bedrock: { serviceTier: {} } }, undefined],
    ] as const)
      it(`the tier that served: ${JSON.stringify(metadata)}`, () => {
        const call = read('ai', { ...step, 'ai.response.providerMetadata': JSON.stringify(metadata) });
        expect(call?.serviceTier).to.equal(serviceTier);
      });
    it('5: Gemini’s output without its thoughts', () => {
      const usageMetadata = {
        promptTokenCount: 1000,
        candidatesTokenCount: 300,
        thoughtsTokenCount: 700,
        cachedContentTokenCount: 400,
        totalTokenCount: 2000,
      };
      const call = read('ai', {
        ...step,
        'ai.model.provider': 'google.generative-ai',
        'ai.response.providerMetadata': JSON.stringify({ google: { usageMetadata, serviceTier: 'flex' } }),
      });
      expect(call).to.deep.include({
        usage: { inputTokens: 1000, outputTokens: 1000, cacheReadTokens: 400, reasoningTokens: 700 },
        serviceTier: 'flex',
      });
    });
    for (const [metadata, costUsd] of [
      [{ openrouter: { usage: { cost: 0.0777 } } }, 0.0777],
      [{ gateway: { cost: '0.0045405' } }, 0.0045405],
      [{ gateway: { cost: '0' } }, undefined],
      [{ gateway: { cost: 'free' } }, undefined],
    ] as const)
      it(`the cost that came with the response: ${JSON.stringify(metadata)}`, () => {
        const call = read('ai', { ...step, 'ai.response.providerMetadata': JSON.stringify(metadata) });
        expect(call?.costUsd).to.equal(costUsd);
      });
    it('the outer span restates; tools and rerankers are not calls', () => {
      expect(read('ai', { ...step, 'ai.operationId': 'ai.generateText' })?.kind).to.equal('aggregate');
      for (const operation of ['ai.toolCall', 'ai.rerank', 'ai.rerank.doRerank'])
        expect(read('ai', { 'ai.operationId': operation }), operation).to.equal(undefined);
      expect(read('gen_ai', { 'gen_ai.operation.name': 'rerank' })).to.equal(undefined);
    });
    it("the agents of Vercel's Workflow SDK: version 6's counts under version 5's names, without cache writes", () => {
      const call = read('ai', {
        'ai.operationId': 'ai.streamText.doStream',
        'ai.model.provider': 'anthropic.messages',
        'ai.model.id': 'claude-sonnet-4-5',
        'ai.response.msToFirstChunk': 120,
        'ai.usage.inputTokens': 5000,
        'ai.usage.outputTokens': 300,
        'ai.usage.totalTokens': 5300,
        'ai.usage.cachedInputTokens': 4000,
        'gen_ai.usage.input_tokens': 5000,
        'gen_ai.usage.output_tokens': 300,
      });
      expect(call).to.deep.include({
        kind: 'inference',
        streaming: true,
        usage: { inputTokens: 5000, outputTokens: 300, cacheReadTokens: 4000 },
        warnings: ['ambiguous_cache_tokens'],
      });
    });
    it('what OpenInference adds to the spans is a copy without cached tokens', () => {
      const call = read('ai', {
        ...step,
        'ai.response.providerMetadata': '{"anthropic":{"cacheReadInputTokens":4000}}',
        'openinference.span.kind': 'LLM',
        'llm.model_name': 'claude-sonnet-4-5',
        'llm.token_count.prompt': 1000,
        'llm.token_count.completion': 300,
      });
      expect(call).to.deep.include({ dialect: 'ai_sdk', kind: 'inference' });
      expect(call?.usage).to.include({ inputTokens: 5000, cacheReadTokens: 4000 });
    });
    it('embeddings have only an input count, about which a prompt cache leaves no doubt', () => {
      const call = read('ai', {
        'ai.operationId': 'ai.embed.doEmbed',
        'ai.model.id': 'm',
        'ai.settings.maxRetries': 2,
        'ai.usage.tokens': 7,
      });
      expect(call).to.deep.include({ dialect: 'ai_sdk', kind: 'embedding' });
      expect(call?.usage).to.deep.equal({ inputTokens: 7, outputTokens: 0 });
      expect(call).not.to.have.property('warnings');
    });
    it('zeros and NaN after a broken stream are not counts', () => {
      for (const count of [0, Number.NaN]) {
        const broken = { 'gen_ai.usage.input_tokens': count, 'gen_ai.usage.output_tokens': count };
        expect(read('ai', { ...step, ...broken })?.usage, String(count)).to.equal(undefined);
      }
    });
    it('metadata that is not a JSON object is ignored', () => {
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
    it('buckets are disjoint: the input is their sum', () => {
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
        isTierUntold: true,
      });
    });
    it("LangChain's names for the cache", () => {
      expect(
        generation({ input: 1, input_cache_read: 2, input_cache_creation: 3, output: 4 })?.usage,
      ).to.include({
        inputTokens: 6,
        cacheReadTokens: 2,
        cacheWriteTokens: 3,
      });
    });
    it('embeddings have only input', () => {
      expect(generation({ input: 7 }, 'embedding')?.usage).to.deep.equal({ inputTokens: 7, outputTokens: 0 });
      expect(generation({ input: 7 }, 'generation')).not.to.have.property('usage');
    });
    it('two zeros are not counts, but either may be zero', () => {
      expect(generation({ input: 0, output: 0 })).not.to.have.property('usage');
      expect(generation({ input: 0, output: 5 })?.usage).to.deep.equal({ inputTokens: 0, outputTokens: 5 });
      expect(generation({ input: 5, output: 0 })?.usage).to.deep.equal({ inputTokens: 5, outputTokens: 0 });
    });
    it('an impossible count is omitted, with a warning', () => {
      const call = generation({ input: 5, output: 5, input_cached_tokens: -1 });
      expect(call).to.deep.include({
        usage: { inputTokens: 5, outputTokens: 5 },
        warnings: ['invalid_token_count'],
      });
    });
    it('invalid details give no usage', () => {
      for (const details of ['{', 'null', '7', {}, { input: 1 }, { input: -1, output: 1 }])
        expect(generation(details)?.usage, JSON.stringify(details)).to.equal(undefined);
    });
    it('spans and tools are not calls', () => {
      expect(generation({ input: 1, output: 1 }, 'span')).to.equal(undefined);
      expect(generation({ input: 1, output: 1 }, 'tool')).to.equal(undefined);
    });
  });
});
