import { SpanStatusCode, type Tracer } from '@opentelemetry/api';
import type { Clients, DemoCall } from './calls.js';

/**
 * Makes one call inside a span as another instrumentation, here OpenInference, would write it: with the prompt, the reply
 * and the error message on the span. This is what redaction has to remove.
 */
export async function makeCall(tracer: Tracer, clients: Clients, call: DemoCall): Promise<void> {
  await tracer.startActiveSpan(call.title, async (span) => {
    span.setAttributes({ 'openinference.span.kind': 'CHAIN', 'input.value': call.prompt });
    try {
      span.setAttribute('output.value', await call.run(clients, call.prompt));
    } catch (error) {
      span.recordException(error as Error);
      span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error).message });
    } finally {
      span.end();
    }
  });
}
