import { load } from '../child/load.mjs';

const { redactingLogRecordExporter } = load('../../../packages/redaction-span-processor/dist/index.js');

/**
 * For `--processors`: sends log records to OTLP receivers, through the stock exporter, wrapped if there is a policy.
 * Which, is in the module's URL: `[{ url, policy }]`.
 */
export default function logExporters() {
  const { logs } = load('@opentelemetry/api');
  const { OTLPLogExporter } = load('@opentelemetry/exporter-logs-otlp-proto');
  const { BatchLogRecordProcessor, LoggerProvider } = load('@opentelemetry/sdk-logs');
  const destinations = JSON.parse(new URL(import.meta.url).searchParams.get('config'));
  const exporters = destinations.map(({ url, policy }) => {
    const otlp = new OTLPLogExporter({ url });
    return policy ? redactingLogRecordExporter(otlp, policy) : otlp;
  });
  const provider = new LoggerProvider({
    processors: exporters.map((exporter) => new BatchLogRecordProcessor({ exporter })),
  });
  logs.setGlobalLoggerProvider(provider);
  return [
    {
      onStart: () => undefined,
      onEnd: () => undefined,
      forceFlush: () => provider.forceFlush(),
      shutdown: () => provider.shutdown(),
    },
  ];
}
