// Only redaction: content is removed; metadata and the error's class stay.

import { LlmRedactionSpanProcessor } from '@llm-otel/redaction-span-processor';
import { SpanStatusCode } from '@opentelemetry/api';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';

const exporter = new InMemorySpanExporter();
const provider = new BasicTracerProvider({
  spanProcessors: [new LlmRedactionSpanProcessor(), new SimpleSpanProcessor(exporter)],
});

const span = provider.getTracer('openinference').startSpan('ChatCompletion');
span.setAttributes({
  'openinference.span.kind': 'LLM',
  'llm.model_name': 'gpt-4o',
  'llm.input_messages.0.message.content': 'my secret',
  'llm.invocation_parameters': '{"temperature":0.2,"system":"my secret"}',
});
span.recordException(new TypeError('cannot parse "my secret"'));
span.setStatus({ code: SpanStatusCode.ERROR, message: 'cannot parse "my secret"' });
span.end();

const [{ attributes, status, events }] = exporter.getFinishedSpans();
console.log(attributes, status, events[0].attributes);
// {
//   'openinference.span.kind': 'LLM',
//   'llm.model_name': 'gpt-4o',
//   'llm.invocation_parameters': '{"temperature":0.2}',
//   'llm.prompt.message_count': 1
// } { code: 2 } { 'exception.type': 'TypeError' }
