import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import {
  type BatchingOptions,
  BatchingSpanExporter,
  type OtlpBatchingOptions,
  OtlpBatchingSpanExporter,
} from '../../src/index.js';

const retry = { initialIntervalMillis: 20, maxIntervalMillis: 100 };
/** With so little time the stock exporter does not retry by itself: its own first pause is a second. */
const REQUEST_TIMEOUT_MILLIS = 500;

/** Both exporters, quick to retry and to give up, and what the errors are called that they tell. */
export const setups = {
  OtlpBatchingSpanExporter: {
    errorName: 'OtlpExportError',
    create: (url: string, options: OtlpBatchingOptions = {}) =>
      new OtlpBatchingSpanExporter({ url, requestTimeoutMillis: REQUEST_TIMEOUT_MILLIS, retry, ...options }),
  },
  BatchingSpanExporter: {
    errorName: 'OTLPExporterError',
    create: (url: string, options: BatchingOptions = {}) =>
      new BatchingSpanExporter(new OTLPTraceExporter({ url, timeoutMillis: REQUEST_TIMEOUT_MILLIS }), {
        retry,
        ...options,
      }),
  },
};

export const names = Object.keys(setups) as (keyof typeof setups)[];

/** The one of them of which tests are that are about requests and connections as such. */
export const exporterTo = setups.OtlpBatchingSpanExporter.create;
