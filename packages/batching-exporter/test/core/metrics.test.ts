import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { expect } from 'chai';
import type { BatchingStats } from '../../src/core/ledger.js';
import { ExporterMetrics } from '../../src/core/metrics.js';

const stats: BatchingStats = {
  accepted: 1_111_111_111,
  exported: 100_000,
  queued: 1_000_000,
  inFlight: 10_000,
  dropped: {
    queue_full: 1,
    span_too_large: 10,
    invalid_span: 100,
    already_shutdown: 1_000,
    rejected: 10_000_000,
    retry_exhausted: 100_000_000,
    storage_full: 200_000_000,
    storage_damaged: 300_000_000,
    shutdown_timeout: 500_000_000,
  },
};

describe('ExporterMetrics', () => {
  it('tells of every span once, whatever became of it', async () => {
    const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
    const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
    const meterProvider = new MeterProvider({ readers: [reader] });
    new ExporterMetrics(meterProvider, 'Example', 10, () => stats);
    await meterProvider.forceFlush();
    const sums = new Map<string, number>();
    for (const { scopeMetrics } of exporter.getMetrics())
      for (const { metrics } of scopeMetrics)
        for (const { descriptor, dataPoints } of metrics)
          for (const { value, attributes } of dataPoints) {
            const name = descriptor.name.replace(/^otel\.sdk\./, '');
            const key = attributes['error.type'] === undefined ? name : `${name} failed`;
            sums.set(key, (sums.get(key) ?? 0) + Number(value));
          }
    const sum = (name: string) => sums.get(name) ?? 0;
    expect(sum('processor.span.processed failed')).to.equal(1_111);
    expect(sum('processor.span.processed') + sum('processor.span.processed failed')).to.equal(
      stats.accepted - stats.queued,
    );
    expect(
      sum('exporter.span.exported') + sum('exporter.span.exported failed') + sum('exporter.span.inflight'),
    ).to.equal(sum('processor.span.processed'));
    await meterProvider.shutdown();
  });
});
