// Preloaded before or after register: an SDK of the application's own, which prints what it gets to export.
import { DiagConsoleLogger, DiagLogLevel, diag, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';

if (process.env.OTEL_LOG_LEVEL && process.env.OTEL_LOG_LEVEL !== 'none')
  diag.setLogger(new DiagConsoleLogger(), DiagLogLevel.WARN);
const exporter = new InMemorySpanExporter();
const spanProcessors = [new SimpleSpanProcessor({ exporter })];
trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors }));
process.on('exit', () => {
  const spans = exporter.getFinishedSpans().map(({ name, attributes }) => [name, attributes['llm.cost_usd']]);
  console.log(JSON.stringify(spans));
});
