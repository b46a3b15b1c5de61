// Wrap the exporter that you have: batches outside the call's path, retries, and a ledger of every span.
// The receiver stands for your OTLP backend; @llm-otel/testing is private to this repository.
import { BatchingSpanExporter } from '@llm-otel/batching-exporter';
import { startOtlpReceiver } from '@llm-otel/testing';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base';
import { createLlmSpanProcessors } from 'llm-otel';

const receiver = await startOtlpReceiver();
const exporter = new BatchingSpanExporter(new OTLPTraceExporter({ url: receiver.url }));
const provider = new BasicTracerProvider({ spanProcessors: createLlmSpanProcessors({ exporter }) });

for (let i = 0; i < 5000; i++) provider.getTracer('app').startSpan('chat').end();
console.log(exporter.stats().accepted, 'accepted,', receiver.spans.length, 'received');
await provider.forceFlush();
console.log(exporter.stats().exported, 'exported,', receiver.spans.length, 'received');

await provider.shutdown();
await receiver.close();
// 5000 accepted, 0 received
// 5000 exported, 5000 received
