import {
  type LlmCost,
  LlmCostSpanProcessor,
  type LlmCostSpanProcessorOptions,
} from '@llm-otel/cost-span-processor';
import { recordingProvider } from '@llm-otel/testing';
import type { Attributes } from '@opentelemetry/api';
import { expect } from 'chai';

const call: Attributes = {
  'gen_ai.request.model': 'gpt-4o',
  'gen_ai.usage.input_tokens': 1500,
  'gen_ai.usage.output_tokens': 350,
};

function end(attributes: Attributes, options: LlmCostSpanProcessorOptions = {}) {
  const { tracer, spans } = recordingProvider([new LlmCostSpanProcessor(options)]);
  tracer.startSpan('chat', { attributes }).end();
  return spans[0]?.attributes;
}

describe('a cost that is already on the span', () => {
  it('is passed on unchanged, and distinguished from a computed one', () => {
    const told: LlmCost[] = [];
    const attributes = end(
      { ...call, 'gen_ai.usage.cost': 0.0071234567 },
      { onCost: (cost) => told.push(cost) },
    );
    expect(attributes).to.include({ 'llm.cost_usd': 0.0071234567, 'llm.cost.source': 'provider' });
    expect(told[0]).to.include({ costUsd: 0.0071234567, source: 'provider', quote: undefined });
  });

  it('prices a call with an unknown model, or without tokens', () => {
    expect(end({ ...call, 'gen_ai.request.model': 'nobody', 'gen_ai.usage.cost': 0.5 })).to.include({
      'llm.cost_usd': 0.5,
    });
    expect(end({ 'gen_ai.request.model': 'gpt-4o', 'gen_ai.usage.cost': 0.5 })).to.include({
      'llm.cost_usd': 0.5,
    });
  });

  it('has no parts, but everything else is written', () => {
    const told: LlmCost[] = [];
    const attributes = end(
      { ...call, 'gen_ai.usage.cost': 0.5 },
      { existingCost: 'keep', breakdown: true, mirror: ['logfire'], onCost: (cost) => told.push(cost) },
    );
    expect(attributes).to.deep.equal({
      ...call,
      'gen_ai.usage.cost': 0.5,
      'llm.cost_usd': 0.5,
      'llm.cost.source': 'provider',
      'operation.cost': 0.5,
    });
    expect(told).to.have.length(1);
  });

  it('is the price of an agent if nothing below it has one', () => {
    const agent = { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.usage.cost': 0.5 };
    expect(end(agent)).to.include({ 'llm.cost_usd': 0.5 });
  });

  it("is replaced by the computed one with existingCost: 'recompute'", () => {
    const attributes = end(
      { ...call, 'gen_ai.usage.cost': 0.5 },
      { existingCost: 'recompute', breakdown: true },
    );
    expect(attributes).to.include({ 'llm.cost_usd': 0.00725, 'llm.cost.source': 'local' });
  });

  it('is ignored if it is zero', () => {
    expect(end({ ...call, 'gen_ai.usage.cost': 0 })).to.include({ 'llm.cost_usd': 0.00725 });
  });
});

describe('mirror', () => {
  it('writes the names that other backends read', () => {
    const attributes = end(
      { ...call, 'gen_ai.usage.cache_read.input_tokens': 1000 },
      { mirror: ['openinference', 'gen_ai', 'openlit', 'langfuse', 'logfire'] },
    );
    expect(attributes).to.include({
      'llm.cost_usd': 0.006,
      'llm.cost.total': 0.006,
      'llm.cost.prompt': 0.0025,
      'llm.cost.completion': 0.0035,
      'gen_ai.usage.cost.amount': 0.006,
      'gen_ai.usage.cost.currency': 'USD',
      'gen_ai.usage.cost.source': 'local',
      'gen_ai.usage.cost': 0.006,
      'langfuse.observation.cost_details': '{"input":0.0025,"output":0.0035,"total":0.006}',
      'operation.cost': 0.006,
    });
  });

  it('counts cache writes as part of the prompt', () => {
    const attributes = end(
      {
        'gen_ai.provider.name': 'anthropic',
        'gen_ai.request.model': 'claude-opus-4-5',
        'gen_ai.usage.input_tokens': 3000,
        'gen_ai.usage.output_tokens': 100,
        'gen_ai.usage.cache_read.input_tokens': 1000,
        'gen_ai.usage.cache_creation.input_tokens': 1000,
      },
      { mirror: ['openinference'] },
    );
    expect(attributes).to.include({ 'llm.cost.prompt': 0.01175, 'llm.cost.completion': 0.0025 });
  });

  it('omits the parts of a cost that has none', () => {
    const attributes = end({ ...call, 'gen_ai.usage.cost': 0.5 }, { mirror: ['openinference', 'langfuse'] });
    expect(attributes).to.include({
      'llm.cost.total': 0.5,
      'langfuse.observation.cost_details': '{"total":0.5}',
    });
    expect(attributes).not.to.have.property('llm.cost.prompt');
  });

  it('writes nothing for a call without a price', () => {
    const attributes = end({ ...call, 'gen_ai.request.model': 'nobody' }, { mirror: ['openlit', 'logfire'] });
    expect(attributes).not.to.have.any.keys('gen_ai.usage.cost', 'operation.cost');
    const zero = end(
      { ...call, 'gen_ai.request.model': 'nobody' },
      { mirror: ['openlit'], unknownModel: 'zero', breakdown: true },
    );
    expect(zero).to.include({ 'llm.cost_usd': 0 });
    expect(zero).not.to.have.any.keys('gen_ai.usage.cost', 'llm.cost.source');
  });

  it('refuses an unknown name', () => {
    expect(() => new LlmCostSpanProcessor({ mirror: ['datadog'] as never })).to.throw(
      TypeError,
      `option "mirror" must be an array in which [0] is one of 'openinference', 'gen_ai', 'openlit', 'langfuse', 'logfire', not "datadog" (string)`,
    );
  });
});
