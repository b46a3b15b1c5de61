// Two destinations, each with its own redaction; the span itself stays as it is.
import { redactingSpanExporter } from '@llm-otel/redaction-span-processor';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';

const inHouse = new InMemorySpanExporter();
const vendor = new InMemorySpanExporter();
const provider = new BasicTracerProvider({
  spanProcessors: [
    new SimpleSpanProcessor(redactingSpanExporter(vendor)),
    new SimpleSpanProcessor(redactingSpanExporter(inHouse, { content: 'mask', allowKeys: ['llm.response'] })),
  ],
});

const attributes = { 'llm.model': 'gpt-4o', 'llm.prompt': 'my question', 'llm.response': 'the answer' };
provider.getTracer('app').startSpan('chat', { attributes }).end();

console.log('vendor  ', vendor.getFinishedSpans()[0].attributes);
console.log('in-house', inHouse.getFinishedSpans()[0].attributes);
// vendor   { 'llm.model': 'gpt-4o', 'llm.response.length': 10 }
// in-house {
//   'llm.model': 'gpt-4o',
//   'llm.prompt': '[REDACTED]',
//   'llm.response': 'the answer'
// }
