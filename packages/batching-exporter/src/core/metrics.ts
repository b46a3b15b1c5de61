import type { Attributes, Histogram, MeterProvider } from '@opentelemetry/api';
import type { BatchingStats, DropReason } from './ledger.js';
import type { SendResult } from './sink.js';

/** In OpenTelemetry's terms, spans that are never sent fail in the processor, and all others in the exporter. */
const FAILED_IN = {
  queue_full: 'processor',
  span_too_large: 'processor',
  invalid_span: 'processor',
  already_shutdown: 'processor',
  rejected: 'exporter',
  retry_exhausted: 'exporter',
  storage_full: 'exporter',
  storage_damaged: 'exporter',
  shutdown_timeout: 'exporter',
} satisfies Record<DropReason, 'processor' | 'exporter'>;
const REASONS = Object.keys(FAILED_IN) as DropReason[];

const instances = new Map<string, number>();

/** The ledger under the names of OpenTelemetry's semantic conventions for SDKs. It is read, so counting costs nothing. */
export class ExporterMetrics {
  readonly #attributes: Attributes;
  readonly #duration: Histogram;

  constructor(meterProvider: MeterProvider, owner: string, capacity: number, stats: () => BatchingStats) {
    const instance = instances.get(owner) ?? 0;
    instances.set(owner, instance + 1);
    this.#attributes = { 'otel.component.type': owner, 'otel.component.name': `${owner}/${instance}` };
    const meter = meterProvider.getMeter('@llm-otel/batching-exporter');
    const unit = '{span}';
    const processed = meter.createObservableCounter('otel.sdk.processor.span.processed', {
      unit,
      description: 'Spans that left the queue or were refused by it',
    });
    const queueSize = meter.createObservableUpDownCounter('otel.sdk.processor.span.queue.size', {
      unit,
      description: 'Spans waiting in the queue',
    });
    const queueCapacity = meter.createObservableUpDownCounter('otel.sdk.processor.span.queue.capacity', {
      unit,
      description: 'Maximum number of spans in the queue',
    });
    const inFlight = meter.createObservableUpDownCounter('otel.sdk.exporter.span.inflight', {
      unit,
      description: 'Spans being sent or waiting to be sent again',
    });
    const exported = meter.createObservableCounter('otel.sdk.exporter.span.exported', {
      unit,
      description: 'Spans that were delivered or finally failed',
    });
    this.#duration = meter.createHistogram('otel.sdk.exporter.operation.duration', {
      unit: 's',
      description: 'Duration of one attempt to send a batch',
    });
    meter.addBatchObservableCallback(
      (result) => {
        const { accepted, queued, dropped, ...now } = stats();
        const attributes = this.#attributes;
        let refused = 0;
        for (const reason of REASONS) {
          if (dropped[reason] === 0) continue;
          const isRefusal = FAILED_IN[reason] === 'processor';
          if (isRefusal) refused += dropped[reason];
          result.observe(isRefusal ? processed : exported, dropped[reason], this.#failed(reason));
        }
        result.observe(processed, accepted - queued - refused, attributes);
        result.observe(queueSize, queued, attributes);
        result.observe(queueCapacity, capacity, attributes);
        result.observe(inFlight, now.inFlight, attributes);
        result.observe(exported, now.exported, attributes);
      },
      [processed, queueSize, queueCapacity, inFlight, exported],
    );
  }

  attempted(seconds: number, result: SendResult): void {
    const attributes = result.status === 'delivered' ? this.#attributes : this.#failed(result.problem);
    this.#duration.record(seconds, attributes);
  }

  #failed(reason: string): Attributes {
    return { ...this.#attributes, 'error.type': reason };
  }
}
