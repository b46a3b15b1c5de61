import { LlmCostSpanProcessor, type LlmCostSpanProcessorOptions } from '@llm-otel/cost-span-processor';
import { recordDiag, recordingProvider } from '@llm-otel/testing';
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
  const collect = async () => {
    await reader.forceFlush();
    const [scope] = exporter.getMetrics().at(-1)?.scopeMetrics ?? [];
    await meterProvider.shutdown();
    expect(scope?.scope.name).to.equal('@llm-otel/cost-span-processor');
    return scope?.metrics ?? [];
  };
  return {
    ...provider,
    /** Unit, description and, of a histogram, boundaries, by metric. */
    async descriptors() {
      return Object.fromEntries(
        (await collect()).map(({ descriptor: { name, unit, description }, dataPoints }) => {
          const value = dataPoints[0]?.value;
          return [
            name,
            [
              unit,
              description,
              ...(typeof value === 'object' && 'buckets' in value ? [value.buckets.boundaries] : []),
            ],
          ];
        }),
      );
    },
    /** Data points by metric, as [attributes, value or sum]. */
    async points() {
      return Object.fromEntries(
        (await collect()).map(({ descriptor, dataPoints }) => [
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

  it('have units, and the bucket boundaries that the convention recommends', async () => {
    const { tracer, descriptors } = setUp();
    tracer.startSpan('chat', { attributes: call }).end();
    tracer.startSpan('chat', { attributes: { ...call, 'gen_ai.request.model': 'nobody' } }).end();
    expect(await descriptors()).to.deep.equal({
      'gen_ai.client.token.usage': [
        '{token}',
        'Number of input and output tokens used',
        [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864],
      ],
      'llm.cost': ['USD', 'Cost of LLM calls'],
      'llm.cost.priced_spans': ['{span}', 'Spans of LLM calls with a cost'],
      'llm.cost.unpriced_spans': ['{span}', 'Spans of LLM calls without a cost, by reason'],
    });
  });

  it('count an embedding without output tokens', async () => {
    const { tracer, points } = setUp();
    const attributes = {
      'gen_ai.operation.name': 'embeddings',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'text-embedding-3-small',
      'gen_ai.usage.input_tokens': 1500,
    };
    tracer.startSpan('embeddings', { attributes }).end();
    const { 'gen_ai.usage.input_tokens': _, ...ofEmbedding } = attributes;
    expect(await points()).to.deep.equal({
      'gen_ai.client.token.usage': [[{ ...ofEmbedding, 'gen_ai.token.type': 'input' }, 1500]],
      'llm.cost': [[ofEmbedding, 0.00003]],
      'llm.cost.priced_spans': [[ofEmbedding, 1]],
    });
  });

  it('count a call without tokens, provider and model by reason only, and an agent without tokens not at all', async () => {
    const diag = recordDiag();
    const { tracer, points } = setUp();
    tracer.startSpan('chat', { attributes: { 'gen_ai.operation.name': 'chat' } }).end();
    tracer.startSpan('agent', { attributes: { 'gen_ai.operation.name': 'invoke_agent' } }).end();
    expect(await points()).to.deep.equal({
      'llm.cost.unpriced_spans': [
        [{ 'gen_ai.operation.name': 'chat', 'llm.cost.status': 'missing_tokens' }, 1],
      ],
    });
    diag.stop();
    expect(diag.messages).to.deep.equal([]);
  });

  it('count spans without a price by reason, and tokens only once', async () => {
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

  it('carry attributes of the span, or else of the baggage with which it started', async () => {
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

  it('leave out the tokens where the instrumentation counts them', async () => {
    const { tracer, points } = setUp({ tokenMetric: false });
    tracer.startSpan('chat', { attributes: call }).end();
    expect(await points()).to.have.all.keys('llm.cost', 'llm.cost.priced_spans');
  });

  for (const [options, message] of [
    [{ tokenMetric: false }, 'option "tokenMetric" needs the option "meterProvider"'],
    [{ meterProvider: {} }, 'option "meterProvider" must be a MeterProvider, got an object of class Object.'],
    [{ metricAttributes: ['tenant'] }, 'option "metricAttributes" needs the option "meterProvider"'],
  ] as const)
    it(`refuses: ${message}`, () => {
      expect(() => new LlmCostSpanProcessor(options as object)).to.throw(TypeError, message);
    });
});
