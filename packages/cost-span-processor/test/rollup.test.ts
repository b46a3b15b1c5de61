import { LlmCostSpanProcessor } from '@llm-otel/cost-span-processor';
import { recordDiag, recordingProvider, sdkLines } from '@llm-otel/testing';
import { type Attributes, ROOT_CONTEXT, TraceFlags, trace } from '@opentelemetry/api';
import { expect } from 'chai';
import { sumOf, totalsOf } from '../src/totals.js';

const call = (model: string): Attributes => ({
  'llm.model': model,
  'llm.tokens.input': 1500,
  'llm.tokens.output': 350,
});

for (const sdk of sdkLines) {
  describe(`rollup on SDK ${sdk.name}`, () => {
    it('writes the totals of a trace to its local root, and to no other span', () => {
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

    it('includes calls below a span that ends after its root, as Express handlers do', () => {
      const { tracer, spans } = recordingProvider([new LlmCostSpanProcessor({ rollup: true })], { sdk });
      const request = tracer.startSpan('request');
      const handler = tracer.startSpan('handler', {}, trace.setSpan(ROOT_CONTEXT, request));
      const inHandler = trace.setSpan(ROOT_CONTEXT, handler);
      tracer.startSpan('a', { attributes: call('gpt-4o') }, inHandler).end();
      request.end();
      handler.end();
      const attributes = spans.find(({ name }) => name === 'request')?.attributes;
      expect(attributes).to.include({ 'llm.rollup.calls': 1, 'llm.rollup.cost_usd': 0.00725 });
    });

    it('includes calls below a span whose parent is known by its id only', () => {
      const { tracer, spans } = recordingProvider([new LlmCostSpanProcessor({ rollup: true })], { sdk });
      const root = tracer.startSpan('request');
      const copied = trace.setSpanContext(ROOT_CONTEXT, { ...root.spanContext() });
      tracer.startSpan('a', { attributes: call('gpt-4o') }, copied).end();
      root.end();
      expect(spans.at(-1)?.attributes).to.include({ 'llm.rollup.calls': 1 });
    });

    it('is on a call that is a root itself, and absent if there are no calls', () => {
      const { tracer, spans } = recordingProvider([new LlmCostSpanProcessor({ rollup: true })], { sdk });
      const diag = recordDiag();
      tracer.startSpan('call', { attributes: call('gpt-4o') }).end();
      tracer.startSpan('request').end();
      diag.stop();
      expect(diag.messages).to.deep.equal([]);
      expect(spans[0]?.attributes).to.include({ 'llm.cost_usd': 0.00725, 'llm.rollup.cost_usd': 0.00725 });
      expect(spans[1]?.attributes).to.deep.equal({});
    });

    it('is on a call that is only recognisable as it ends', () => {
      const { tracer, spans } = recordingProvider([new LlmCostSpanProcessor({ rollup: true })], { sdk });
      tracer.startSpan('call').setAttributes(call('gpt-4o')).end();
      expect(spans[0]?.attributes).to.include({ 'llm.rollup.calls': 1, 'llm.rollup.cost_usd': 0.00725 });
    });

    it('includes the cost of a call without tokens', () => {
      const { tracer, spans } = recordingProvider([new LlmCostSpanProcessor({ rollup: true })], { sdk });
      tracer
        .startSpan('call', { attributes: { 'gen_ai.request.model': 'm', 'gen_ai.usage.cost': 0.5 } })
        .end();
      expect(spans[0]?.attributes).to.include({
        'llm.rollup.calls': 1,
        'llm.rollup.cost_usd': 0.5,
        'llm.rollup.tokens.input': 0,
        'llm.rollup.tokens.output': 0,
      });
    });

    it('includes the cost of a call without a model, but no name for it', () => {
      const { tracer, spans } = recordingProvider([new LlmCostSpanProcessor({ rollup: true })], { sdk });
      const attributes = { 'gen_ai.operation.name': 'chat', 'gen_ai.usage.cost': 0.5 };
      tracer.startSpan('call', { attributes }).end();
      expect(spans[0]?.attributes).to.deep.include({ 'llm.rollup.cost_usd': 0.5, 'llm.rollup.models': [] });
    });

    it('includes the tokens of an agent once, and a price that is already on a span', () => {
      const { tracer, spans } = recordingProvider([new LlmCostSpanProcessor({ rollup: true })], { sdk });
      const agent = tracer.startSpan('agent');
      const inAgent = trace.setSpan(ROOT_CONTEXT, agent);
      tracer.startSpan('a', { attributes: call('gpt-4o') }, inAgent).end();
      tracer.startSpan('b', { attributes: { ...call('gpt-4o'), 'llm.cost_usd': 1 } }, inAgent).end();
      tracer.startSpan('c', { attributes: { ...call('gpt-4o'), 'llm.cost_usd': 'free' } }, inAgent).end();
      agent
        .setAttributes({
          'gen_ai.operation.name': 'invoke_agent',
          'gen_ai.usage.input_tokens': 4500,
          'gen_ai.usage.output_tokens': 1050,
        })
        .end();
      expect(spans.at(-1)?.attributes).to.include({
        'llm.cost.status': 'counted_in_child',
        'llm.rollup.calls': 3,
        'llm.rollup.cost_usd': 1.00725,
        'llm.rollup.tokens.input': 4500,
        'llm.rollup.tokens.output': 1050,
      });
    });

    // SDK 1.30 does not say whether a parent is in another process.
    if (sdk.hasOnEnding)
      it('is on the first span of this process if the trace began in another one', () => {
        const { tracer, spans } = recordingProvider([new LlmCostSpanProcessor({ rollup: true })], { sdk });
        const remote = {
          traceId: '1'.repeat(32),
          spanId: '2'.repeat(16),
          traceFlags: TraceFlags.SAMPLED,
          isRemote: true,
        };
        const request = tracer.startSpan('request', {}, trace.setSpanContext(ROOT_CONTEXT, remote));
        tracer.startSpan('a', { attributes: call('gpt-4o') }, trace.setSpan(ROOT_CONTEXT, request)).end();
        request.end();
        expect(spans.at(-1)?.attributes).to.include({
          'llm.rollup.calls': 1,
          'llm.rollup.cost_usd': 0.00725,
        });
      });

    if (sdk.hasOnEnding)
      it('keeps two requests of one trace apart, whichever of their spans end first', () => {
        const { tracer, spans } = recordingProvider([new LlmCostSpanProcessor({ rollup: true })], { sdk });
        const traceId = '1'.repeat(32);
        const remote = { traceId, spanId: '2'.repeat(16), traceFlags: TraceFlags.SAMPLED, isRemote: true };
        const [first, second] = ['first', 'second'].map((name) => {
          const request = tracer.startSpan(name, {}, trace.setSpanContext(ROOT_CONTEXT, remote));
          const handler = tracer.startSpan('handler', {}, trace.setSpan(ROOT_CONTEXT, request));
          tracer.startSpan('a', { attributes: call('gpt-4o') }, trace.setSpan(ROOT_CONTEXT, handler)).end();
          return { request, handler };
        });
        first?.request.end();
        second?.handler.end();
        second?.request.end();
        first?.handler.end();
        for (const { name, attributes } of spans)
          if (name === 'first' || name === 'second') expect(attributes).to.include({ 'llm.rollup.calls': 1 });
        expect(spans).to.have.length(6);
      });

    it('is off by default', () => {
      const { tracer, spans } = recordingProvider([new LlmCostSpanProcessor()], { sdk });
      tracer.startSpan('call', { attributes: call('gpt-4o') }).end();
      expect(spans[0]?.attributes).not.to.have.property('llm.rollup.calls');
    });
  });
}

describe('sumOf', () => {
  it('lists 20 models, and includes the cost of further ones in the total', () => {
    const usage = { inputTokens: 1, outputTokens: 1 };
    let totals = totalsOf({ usage, model: 'model 0' }, 1, true);
    for (let model = 1; model < 30; model++)
      totals = sumOf(totals, totalsOf({ usage, model: `model ${model}` }, 1, true)) ?? totals;
    expect(totals).to.include({ calls: 30, costUsd: 30 });
    expect(totals.costByModel.size).to.equal(20);
  });
});
