import type { SpanExporter } from '@opentelemetry/sdk-trace-base';

// `ExportResultCode` of @opentelemetry/core, the same in all lines.
export const SUCCESS = 0;
export const FAILED = 1;

export type ExportCallback = Parameters<SpanExporter['export']>[1];
