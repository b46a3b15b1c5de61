// Only the cost processor, with your own price for a model that the catalogue does not know.
import { LlmCostSpanProcessor } from '@llm-otel/cost-span-processor';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';

const exporter = new InMemorySpanExporter();
const cost = new LlmCostSpanProcessor({
  overrides: [{ model: /^acme-/, inputPerMTok: 0.5, outputPerMTok: 1.5 }],
});
const provider = new BasicTracerProvider({ spanProcessors: [cost, new SimpleSpanProcessor(exporter)] });

for (const model of ['acme-large', 'claude-sonnet-4-5', 'nobody-knows-me']) {
  const attributes = { 'llm.model': model, 'llm.tokens.input': 1000, 'llm.tokens.output': 100 };
  provider.getTracer('app').startSpan('chat', { attributes }).end();
}
for (const { attributes } of exporter.getFinishedSpans())
  console.log(attributes['llm.model'], attributes['llm.cost_usd'] ?? attributes['llm.cost.status']);
// acme-large 0.00065
// claude-sonnet-4-5 0.0045
// nobody-knows-me unknown_model
