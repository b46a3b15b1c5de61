import { load } from './load.mjs';

/** The stock exporter, by OTLP/HTTP with protobuf. */
export function otlpExporter(url) {
  const { OTLPTraceExporter } = load('@opentelemetry/exporter-trace-otlp-proto');
  return new OTLPTraceExporter({ url });
}

/** Sends each span as it ends. */
export function processorFor(exporter) {
  const { SimpleSpanProcessor } = load('@opentelemetry/sdk-trace-base');
  return new SimpleSpanProcessor(exporter);
}
