import type { HrTime, SpanContext } from '@opentelemetry/api';
import type { Exporter } from '../redacting-exporter.js';

// The types of `@opentelemetry/sdk-logs`, as far as all its lines have them. They are not imported: nobody who only has
// spans should need that package in order to compile.

/** A `ReadableLogRecord`. */
export interface LogRecord {
  readonly hrTime: HrTime;
  readonly hrTimeObserved: HrTime;
  readonly spanContext?: SpanContext | undefined;
  readonly severityText?: string | undefined;
  readonly severityNumber?: number | undefined;
  /** Any value that an attribute of SDK 3 may have. */
  readonly body?: unknown;
  /** Since 0.203; before, the attribute `event.name` stands for it. */
  readonly eventName?: string | undefined;
  readonly resource: object;
  readonly instrumentationScope: { readonly name: string; readonly version?: string | undefined };
  readonly attributes: object;
  readonly droppedAttributesCount: number;
}

/** A `LogRecordExporter`; that of older lines has no `forceFlush`. */
export interface LogRecordExporter extends Exporter<LogRecord> {}
