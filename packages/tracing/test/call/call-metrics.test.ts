import { type FakeProvider, recordingProvider, startFakeProvider } from '@llm-otel/testing';
import type { Attributes } from '@opentelemetry/api';
import {
  AggregationTemporality,
  type HistogramMetricData,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { expect } from 'chai';
import OpenAI from 'openai';
import { traceLlmCall, wrapOpenAI } from '../../src/index.js';
import { testedApis } from '../support/tested-apis.js';

function meter() {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const meterProvider = new MeterProvider({ readers: [reader] });
  const histogram = async (name: string): Promise<HistogramMetricData['dataPoints']> => {
    await reader.forceFlush();
    const metrics =
      exporter
        .getMetrics()
        .at(-1)
        ?.scopeMetrics.flatMap((scope) => scope.metrics) ?? [];
    return (metrics.find(({ descriptor }) => descriptor.name === name)?.dataPoints as never) ?? [];
  };
  /** What the instruments say of themselves. */
  const instruments = async () => {
    await reader.forceFlush();
    return (exporter.getMetrics().at(-1)?.scopeMetrics ?? []).flatMap(({ scope, metrics }) =>
      metrics.map(({ descriptor }) => [scope.name, descriptor.name, descriptor.unit]),
    );
  };
  return { meterProvider, histogram, instruments };
}

for (const api of testedApis)
  describe(`client metrics of ${api.name}`, () => {
    let fake: FakeProvider;
    let identity: Attributes;
    before(async () => {
      fake = await startFakeProvider();
      const { hostname, port } = new URL(fake.openAiBaseUrl);
      identity = {
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': api.provider,
        'gen_ai.request.model': api.model,
        'server.address': hostname,
        'server.port': Number(port),
      };
    });
    after(() => fake.close());

    it('record duration and tokens of a call once', async () => {
      const { meterProvider, histogram } = meter();
      const { tracer } = recordingProvider();
      fake.enqueue({ model: 'served', usage: { input: 1000, output: 300 } });
      await api.connect(fake, {}, { tracer, meterProvider }).create();
      const attributes = { ...identity, 'gen_ai.response.model': 'served' };

      const [duration, ...others] = await histogram('gen_ai.client.operation.duration');
      expect(others).to.deep.equal([]);
      expect(duration?.attributes).to.deep.equal(attributes);
      expect(duration?.value.count).to.equal(1);
      expect(duration?.value.sum).to.be.within(0.0005, 5);
      expect(duration?.value.buckets.boundaries).to.deep.equal([
        0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
      ]);
      const tokens = await histogram('gen_ai.client.token.usage');
      expect(tokens.map(({ attributes, value }) => [attributes, value.sum, value.count])).to.deep.equal([
        [{ ...attributes, 'gen_ai.token.type': 'input' }, 1000, 1],
        [{ ...attributes, 'gen_ai.token.type': 'output' }, 300, 1],
      ]);
      expect(tokens[0]?.value.buckets.boundaries).to.deep.equal([
        1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864,
      ]);
      expect(await histogram('gen_ai.client.operation.time_to_first_chunk')).to.deep.equal([]);
    });

    it('record the time to the first chunk of a stream', async () => {
      const { meterProvider, histogram } = meter();
      const { tracer } = recordingProvider();
      // So long that reading the first chunk late, on a busy machine, makes no difference.
      fake.enqueue({ latencyMillis: 50, chunkDelayMillis: 80, text: 'one two three four' });
      const stream = await api.connect(fake, {}, { tracer, meterProvider }).createStream();
      for await (const _ of stream as AsyncIterable<unknown>);
      const [first] = await histogram('gen_ai.client.operation.time_to_first_chunk');
      const [duration] = await histogram('gen_ai.client.operation.duration');
      expect(first?.attributes).to.include(identity);
      expect(first?.value.count).to.equal(1);
      expect(first?.value.sum).to.be.within(0.045, 5);
      expect(duration?.value.sum).to.be.greaterThan((first?.value.sum ?? 0) + 0.08);
    });

    it('record the duration of a failed call with the class of its error, and no tokens', async () => {
      const { meterProvider, histogram } = meter();
      const { tracer } = recordingProvider();
      fake.enqueue({ error: { status: 400 } });
      const caller = api.connect(fake, { maxRetries: 0 }, { tracer, meterProvider });
      await caller.create().catch(() => undefined);
      const [duration, ...others] = await histogram('gen_ai.client.operation.duration');
      expect(others).to.deep.equal([]);
      expect(duration?.attributes).to.deep.equal({ ...identity, 'error.type': 'invalid_request' });
      expect(duration?.value.count).to.equal(1);
      expect(await histogram('gen_ai.client.token.usage')).to.deep.equal([]);
    });

    it('are recorded for spans that are not sampled, and without a tracer provider', async () => {
      const { meterProvider, histogram } = meter();
      fake.enqueue({}, {});
      const caller = api.connect(fake, {}, { meterProvider });
      await caller.create();
      for await (const _ of (await caller.createStream()) as AsyncIterable<unknown>);
      const durations = await histogram('gen_ai.client.operation.duration');
      expect(durations.reduce((count, { value }) => count + value.count, 0)).to.equal(2);
    });
  });

describe('client metrics', () => {
  it('use one set of instruments for all calls, and record only the input tokens of embeddings', async () => {
    const { meterProvider, histogram } = meter();
    const fake = await startFakeProvider();
    const client = wrapOpenAI(new OpenAI({ apiKey: 'key', baseURL: fake.openAiBaseUrl }), { meterProvider });
    await client.embeddings.create({ model: 'text-embedding-3-small', input: 'text' });
    await traceLlmCall({ provider: 'xai', model: 'grok', meterProvider }, (call) =>
      call.recordUsage({ inputTokens: 3, outputTokens: 0 }),
    );
    const tokens = await histogram('gen_ai.client.token.usage');
    expect(
      tokens.map(({ attributes }) => [
        attributes['gen_ai.provider.name'],
        attributes['gen_ai.operation.name'],
        attributes['gen_ai.token.type'],
      ]),
    ).to.deep.equal([
      ['openai', 'embeddings', 'input'],
      ['x_ai', 'chat', 'input'],
      ['x_ai', 'chat', 'output'],
    ]);
    await fake.close();
  });

  it('have the units of the GenAI conventions', async () => {
    const { meterProvider, instruments } = meter();
    await traceLlmCall({ provider: 'acme', model: 'a', meterProvider }, (call) =>
      call.recordUsage({ inputTokens: 3 }),
    );
    expect(await instruments()).to.have.deep.members([
      ['@llm-otel/tracing', 'gen_ai.client.operation.duration', 's'],
      ['@llm-otel/tracing', 'gen_ai.client.token.usage', '{token}'],
    ]);
  });

  it('omit the tokens of a failed call', async () => {
    const { meterProvider, histogram } = meter();
    const failing = traceLlmCall({ provider: 'acme', model: 'road-runner', meterProvider }, (call) => {
      call.recordUsage({ inputTokens: 3, outputTokens: 2 });
      throw new Error('cut off');
    });
    await failing.catch(() => undefined);
    expect(await histogram('gen_ai.client.operation.duration')).to.have.length(1);
    expect(await histogram('gen_ai.client.token.usage')).to.deep.equal([]);
  });

  it('do not affect the call if the meter throws', async () => {
    const meterProvider = {
      getMeter: () => {
        throw new Error('broken');
      },
    };
    const { tracer, spans } = recordingProvider();
    expect(await traceLlmCall({ provider: 'a', model: 'b', tracer, meterProvider }, async () => 5)).to.equal(
      5,
    );
    expect(spans).to.have.length(1);
  });
});
