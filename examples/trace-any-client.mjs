// Trace a client that nobody has instrumented: the span gets latency, outcome, tokens and cost.
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import { createLlmSpanProcessors, traceLlmCall } from 'llm-otel';

const exporter = new InMemorySpanExporter();
const tracerProvider = new BasicTracerProvider({
  spanProcessors: [...createLlmSpanProcessors(), new SimpleSpanProcessor(exporter)],
});

// Stands for any client of any provider.
const client = { complete: async () => ({ text: 'Hello.', stop: 'end', tokens: { in: 1500, out: 350 } }) };

const options = { provider: 'openai', model: 'gpt-4o', tracerProvider };
const { text } = await traceLlmCall(options, async (call) => {
  const response = await client.complete();
  call.recordUsage({ inputTokens: response.tokens.in, outputTokens: response.tokens.out });
  call.recordResponse({ stopReason: response.stop, responseLength: response.text.length });
  return response;
});

console.log(text);
const [span] = exporter.getFinishedSpans();
delete span.attributes['llm.latency_ms']; // different each time
console.log(span.name, span.attributes);
// Hello.
// chat gpt-4o {
//   'llm.provider': 'openai',
//   'llm.model': 'gpt-4o',
//   'llm.tokens.input': 1500,
//   'llm.tokens.output': 350,
//   'llm.tokens.total': 1850,
//   'llm.stop_reason': 'end',
//   'llm.response.length': 6,
//   'llm.retry_count': 0,
//   'llm.success': true,
//   'llm.cost_usd': 0.00725
// }
