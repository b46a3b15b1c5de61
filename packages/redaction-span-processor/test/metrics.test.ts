import {
  LlmRedactionSpanProcessor,
  type RedactionOptions,
  redactingSpanExporter,
} from '@llm-otel/redaction-span-processor';
import { FakeSpanExporter, recordDiag, recordingProvider } from '@llm-otel/testing';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { expect } from 'chai';
import { emitted, viewsOf } from './support/log-lines.js';
import { call } from './support/parts.js';

async function counted(use: (options: RedactionOptions) => void) {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 60_000 });
  const meterProvider = new MeterProvider({ readers: [reader] });
  use({ meterProvider });
  await reader.forceFlush();
  const metrics = exporter.getMetrics().at(-1)?.scopeMetrics[0]?.metrics ?? [];
  await meterProvider.shutdown();
  return metrics.flatMap(({ descriptor, dataPoints }) =>
    dataPoints.map(({ attributes, value }) => [descriptor.name, ...Object.values(attributes), value]),
  );
}

describe('redaction metrics', () => {
  const attributes = { ...call, 'llm.prompt': 'secret', 'app.note': 'bob@example.com' };

  it('count values by action, and spans by outcome', async () => {
    const counts = await counted((options) => {
      const { tracer } = recordingProvider([new LlmRedactionSpanProcessor(options)]);
      for (let count = 0; count < 3; count++) tracer.startSpan('chat', { attributes }).end();
      tracer.startSpan('chat', { attributes: call }).end();
    });
    expect(counts).to.have.deep.members([
      ['llm.redaction.values', 'removed', 3],
      ['llm.redaction.values', 'masked', 3],
      ['llm.redaction.spans', 'redacted', 3],
    ]);
  });

  it('count values by action, and log records by outcome', async () => {
    const records = [
      await emitted({ body: 'bob@example.com', attributes: { 'llm.prompt': 'secret' } }),
      await emitted({ body: 'bob@example.com' }),
      await emitted({ body: 'a' }),
    ];
    const counts = await counted((options) => viewsOf(records, options));
    expect(counts).to.have.deep.members([
      ['llm.redaction.values', 'removed', 2],
      ['llm.redaction.values', 'masked', 1],
      ['llm.redaction.log_records', 'redacted', 2],
    ]);
  });

  it('count unreadable values, and spans that could not be changed', async () => {
    const diag = recordDiag();
    const counts = await counted((options) => {
      const provider = recordingProvider();
      for (const name of ['unreadable', 'frozen']) provider.tracer.startSpan(name, { attributes }).end();
      const [unreadable, frozen] = provider.spans;
      const processor = new LlmRedactionSpanProcessor({ ...options, patterns: [] });
      if (unreadable === undefined || frozen === undefined) throw new Error('the spans did not end');
      const value: Record<string, unknown> = {};
      value.self = value;
      Object.assign(unreadable.attributes, { value });
      processor.onEnd(unreadable);
      Object.freeze(frozen.attributes);
      processor.onEnd(Object.freeze(frozen));
    });
    diag.stop();
    expect(counts).to.have.deep.members([
      ['llm.redaction.values', 'removed', 1],
      ['llm.redaction.values', 'failed', 1],
      ['llm.redaction.spans', 'redacted', 1],
      ['llm.redaction.spans', 'unchangeable', 1],
    ]);
  });

  it('do not lose a span if the meter throws', () => {
    const diag = recordDiag();
    const counter = {
      add: () => {
        throw new Error('secret');
      },
    };
    const meterProvider: MeterProvider = Object.create({
      getMeter: () => ({ createCounter: () => counter }),
    });
    const exporter = new FakeSpanExporter();
    const provider = recordingProvider([new LlmRedactionSpanProcessor({ meterProvider })]);
    provider.tracer.startSpan('chat', { attributes }).end();
    const whole = recordingProvider();
    whole.tracer.startSpan('chat', { attributes }).end();
    redactingSpanExporter(exporter, { meterProvider }).export(whole.spans, () => undefined);
    diag.stop();
    for (const [span] of [provider.spans, exporter.spans])
      expect(span?.attributes).to.deep.equal({ ...call, 'app.note': '[REDACTED]' });
    expect(diag.messages.map(({ message }) => message)).to.deep.equal([
      'LlmRedactionSpanProcessor: the meter threw',
      'redactingSpanExporter: the meter threw',
    ]);
  });

  it('count what is missing from a view, too', async () => {
    const counts = await counted((options) => {
      const provider = recordingProvider();
      provider.tracer.startSpan('chat', { attributes }).end();
      redactingSpanExporter(new FakeSpanExporter(), options).export(provider.spans, () => undefined);
    });
    expect(counts).to.deep.include(['llm.redaction.spans', 'redacted', 1]);
  });
});
