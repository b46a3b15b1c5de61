import { LlmCostSpanProcessor, type LlmCostSpanProcessorOptions } from '@llm-otel/cost-span-processor';
import { recordingProvider } from '@llm-otel/testing';
import { type Attributes, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { expect } from 'chai';

const call: Attributes = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-4o',
  'gen_ai.usage.input_tokens': 1500,
  'gen_ai.usage.output_tokens': 350,
};
const ofCall = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-4o',
};

function setUp(options: LlmCostSpanProcessorOptions = {}) {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 60_000 });
  const meterProvider = new MeterProvider({ readers: [reader] });
  const provider = recordingProvider([new LlmCostSpanProcessor({ meterProvider, ...options })]);
  return {
    ...provider,
    /** Data points by metric, as [attributes, value or sum]. */
    async points() {
      await reader.forceFlush();
      const metrics = exporter.getMetrics().at(-1)?.scopeMetrics[0]?.metrics ?? [];
      await meterProvider.shutdown();
      return Object.fromEntries(
        metrics.map(({ descriptor, dataPoints }) => [
          descriptor.name,
          dataPoints.map(({ attributes, value }) => [
            attributes,
            typeof value === 'number' ? value : (value as { sum?: number }).sum,
          ]),
        ]),
      );
    },
  };
}

describe('metrics', () => {
  it('count tokens, cost and priced spans, by provider and model', async () => {
    const { tracer, points } = setUp();
    for (let count = 0; count < 2; count++) tracer.startSpan('chat', { attributes: call }).end();
    expect(await points()).to.deep.equal({
      'gen_ai.client.token.usage': [
        [{ ...ofCall, 'gen_ai.token.type': 'input' }, 3000],
        [{ ...ofCall, 'gen_ai.token.type': 'output' }, 700],
      ],
      'llm.cost': [[ofCall, 0.0145]],
      'llm.cost.priced_spans': [[ofCall, 2]],
    });
  });

  it('count spans without a price by reason, and no tokens twice', async () => {
    const { tracer, points } = setUp();
    tracer.startSpan('chat', { attributes: { ...call, 'gen_ai.request.model': 'nobody' } }).end();
    const agent = tracer.startSpan('agent');
    tracer.startSpan('chat', { attributes: call }, trace.setSpan(ROOT_CONTEXT, agent)).end();
    agent.setAttributes({ ...call, 'gen_ai.operation.name': 'invoke_agent' }).end();
    tracer.startSpan('request').end();

    const { 'llm.cost.unpriced_spans': unpriced, 'llm.cost': cost, ...rest } = await points();
    expect(unpriced).to.deep.equal([
      [{ ...ofCall, 'gen_ai.request.model': 'nobody', 'llm.cost.status': 'unknown_model' }, 1],
      [{ ...ofCall, 'llm.cost.status': 'counted_in_child' }, 1],
    ]);
    expect(cost).to.deep.equal([[ofCall, 0.00725]]);
    expect(rest['gen_ai.client.token.usage']).to.deep.include([
      { ...ofCall, 'gen_ai.token.type': 'input' },
      1500,
    ]);
  });

  it('carry attributes of the span, or else of the baggage that it started with', async () => {
    const { tracer, points } = setUp({ metricAttributes: ['tenant', 'feature', 'absent'] });
    const baggage = propagation.createBaggage({
      tenant: { value: 'acme' },
      feature: { value: 'from baggage' },
    });
    const context = propagation.setBaggage(ROOT_CONTEXT, baggage);
    tracer.startSpan('chat', { attributes: { ...call, feature: 'search' } }, context).end();
    const { 'llm.cost': cost } = await points();
    expect(cost).to.deep.equal([[{ ...ofCall, tenant: 'acme', feature: 'search' }, 0.00725]]);
  });

  for (const [options, message] of [
    [{ meterProvider: {} }, 'option "meterProvider" must be a MeterProvider, got an object of class Object.'],
    [{ metricAttributes: ['tenant'] }, 'option "metricAttributes" needs a "meterProvider"'],
  ] as const)
    it(`refuses: ${message}`, () => {
      expect(() => new LlmCostSpanProcessor(options as object)).to.throw(TypeError, message);
    });
});
