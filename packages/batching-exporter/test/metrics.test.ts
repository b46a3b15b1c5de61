import { FakeSpanExporter } from '@llm-otel/testing';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { expect } from 'chai';
import { BatchingSpanExporter } from '../src/index.js';
import { handOver, makeSpans } from './support.js';

describe('metrics through a meterProvider', () => {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const meterProvider = new MeterProvider({ readers: [reader] });
  after(() => meterProvider.shutdown());

  /** Values by name and, where there is one, `error.type`. */
  async function collect(): Promise<Record<string, unknown>> {
    exporter.reset();
    await meterProvider.forceFlush();
    const points = exporter.getMetrics().flatMap(({ scopeMetrics }) =>
      scopeMetrics.flatMap(({ metrics }) =>
        metrics.flatMap(({ descriptor, dataPoints }) =>
          dataPoints.map(({ attributes, value }) => {
            const { 'error.type': error, ...component } = attributes;
            expect(component).to.deep.equal({
              'otel.component.type': 'BatchingSpanExporter',
              'otel.component.name': 'BatchingSpanExporter/0',
            });
            const name = descriptor.name.replace('otel.sdk.', '');
            const shown = typeof value === 'number' ? value : value.count;
            return [error === undefined ? name : `${name} ${error}`, shown] as const;
          }),
        ),
      ),
    );
    return Object.fromEntries(points);
  }

  it('says where every span is, under the names of OpenTelemetry', async () => {
    const inner = new FakeSpanExporter();
    const batching = new BatchingSpanExporter(inner, {
      meterProvider,
      queue: { maxSpans: 30 },
      batch: { maxSpans: 10, flushIntervalMillis: 3_600_000 },
    });
    inner.behave('succeed', { error: Object.assign(new Error('no'), { code: 400 }) }, 'hold');
    handOver(batching, makeSpans(35));
    while (inner.heldCount === 0) await new Promise((resolve) => setImmediate(resolve));
    handOver(batching, makeSpans(4));
    expect(await collect()).to.deep.equal({
      'processor.span.processed': 30,
      'processor.span.processed queue_full': 5,
      'processor.span.queue.size': 4,
      'processor.span.queue.capacity': 30,
      'exporter.span.inflight': 10,
      'exporter.span.exported': 10,
      'exporter.span.exported rejected': 10,
      'exporter.operation.duration': 1,
      'exporter.operation.duration Error 400': 1,
    });
    inner.release();
    await batching.shutdown();
    handOver(batching, makeSpans(2));
    expect(await collect()).to.deep.include({
      'processor.span.processed': 34,
      'processor.span.processed already_shutdown': 2,
      'processor.span.queue.size': 0,
      'exporter.span.inflight': 0,
      'exporter.span.exported': 24,
    });
  });
});
