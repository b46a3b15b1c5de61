// Ends ten spans at once and goes on, or with FLUSH is asked to send them, and says how that went.
import { trace } from '@opentelemetry/api';

const tracer = trace.getTracer('app');
for (let index = 0; index < 10; index++) tracer.startSpan(`span ${index}`).end();

if (process.env.FLUSH !== undefined) {
  const start = performance.now();
  const provider = trace.getTracerProvider().getDelegate();
  const failure = await provider.forceFlush().catch((error) => [error].flat().map(String).join());
  console.log(JSON.stringify({ failure, millis: Math.round(performance.now() - start) }));
} else {
  setInterval(() => undefined, 1000);
  setTimeout(() => console.log('ready'), 2500);
}
