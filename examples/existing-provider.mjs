// Add cost and redaction to the tracer provider that you have, whatever instrumentation writes the spans.

import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { createLlmSpanProcessors } from 'llm-otel';

const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({
  spanProcessors: [...createLlmSpanProcessors(), new SimpleSpanProcessor(exporter)],
});

const span = provider.getTracer('any instrumentation').startSpan('chat gpt-4o');
span.setAttributes({
  'gen_ai.request.model': 'gpt-4o',
  'gen_ai.usage.input_tokens': 1500,
  'gen_ai.usage.output_tokens': 350,
  'gen_ai.input.messages': '[{"role":"user","content":"my secret"}]',
});
span.end();

console.log(exporter.getFinishedSpans()[0].attributes);
// {
//   'gen_ai.request.model': 'gpt-4o',
//   'gen_ai.usage.input_tokens': 1500,
//   'gen_ai.usage.output_tokens': 350,
//   'llm.cost_usd': 0.00725,
//   'llm.prompt.message_count': 1
// }
