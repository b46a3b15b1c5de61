import { LlmCostSpanProcessor } from '@llm-otel/cost-span-processor';
import { recordingProvider, sdkLines } from '@llm-otel/testing';
import { type Attributes, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { expect } from 'chai';
import { sumOf, totalsOf } from '../src/totals.js';

const call = (model: string): Attributes => ({
  'llm.model': model,
  'llm.tokens.input': 1500,
  'llm.tokens.output': 350,
});

for (const sdk of sdkLines) {
  describe(`rollup on SDK ${sdk.name}`, () => {
    it('puts the totals of a trace on its local root, and on no other span', () => {
      const { tracer, spans } = recordingProvider([new LlmCostSpanProcessor({ rollup: true })], { sdk });
      const root = tracer.startSpan('request');
      const inRoot = trace.setSpan(ROOT_CONTEXT, root);
      const step = tracer.startSpan('step', {}, inRoot);
      const inStep = trace.setSpan(ROOT_CONTEXT, step);
      tracer.startSpan('a', { attributes: call('gpt-4o') }, inStep).end();
      tracer.startSpan('b', { attributes: call('gpt-4o') }, inStep).end();
      step.end();
      tracer.startSpan('c', { attributes: call('gpt-4.1') }, inRoot).end();
      tracer.startSpan('d', { attributes: call('nobody-knows') }, inRoot).end();
      root.end();

      expect(spans.at(-1)?.attributes).to.deep.equal({
        'llm.rollup.calls': 4,
        'llm.rollup.cost_usd': 0.0203,
        'llm.rollup.tokens.input': 6000,
        'llm.rollup.tokens.output': 1400,
        'llm.rollup.models': ['gpt-4o', 'gpt-4.1'],
        'llm.rollup.model_costs_usd': [0.0145, 0.0058],
      });
      const others = spans.slice(0, -1).flatMap(({ attributes }) => Object.keys(attributes));
      expect(others.filter((key) => key.startsWith('llm.rollup'))).to.deep.equal([]);
    });

    it('is on a call that is a root itself, and absent where there are no calls', () => {
      const { tracer, spans } = recordingProvider([new LlmCostSpanProcessor({ rollup: true })], { sdk });
      tracer.startSpan('call', { attributes: call('gpt-4o') }).end();
      tracer.startSpan('request').end();
      expect(spans[0]?.attributes).to.include({ 'llm.cost_usd': 0.00725, 'llm.rollup.cost_usd': 0.00725 });
      expect(spans[1]?.attributes).to.deep.equal({});
    });

    it('has the cost of a call that tells no tokens', () => {
      const { tracer, spans } = recordingProvider([new LlmCostSpanProcessor({ rollup: true })], { sdk });
      tracer
        .startSpan('call', { attributes: { 'gen_ai.request.model': 'm', 'gen_ai.usage.cost': 0.5 } })
        .end();
      expect(spans[0]?.attributes).to.include({ 'llm.rollup.calls': 1, 'llm.rollup.cost_usd': 0.5 });
    });

    it('is off unless asked for', () => {
      const { tracer, spans } = recordingProvider([new LlmCostSpanProcessor()], { sdk });
      tracer.startSpan('call', { attributes: call('gpt-4o') }).end();
      expect(spans[0]?.attributes).not.to.have.property('llm.rollup.calls');
    });
  });
}

describe('sumOf', () => {
  it('tells 20 models apart, and keeps the cost of further ones in the total', () => {
    const usage = { inputTokens: 1, outputTokens: 1 };
    let totals = totalsOf({ usage, model: 'model 0' }, 1, true);
    for (let model = 1; model < 30; model++)
      totals = sumOf(totals, totalsOf({ usage, model: `model ${model}` }, 1, true)) ?? totals;
    expect(totals).to.include({ calls: 30, costUsd: 30 });
    expect(totals.costByModel.size).to.equal(20);
  });
});
