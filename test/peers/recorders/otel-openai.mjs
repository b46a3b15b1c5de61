import { openAiClient } from '../child/clients.mjs';
import { load } from '../child/load.mjs';

export const family = 'clients';
export const supports = ({ api }) => api !== 'anthropic';

/** OpenTelemetry's own, which has content in log records only. */
export function prepare({ tracerProvider }) {
  const { OpenAIInstrumentation } = load('@opentelemetry/instrumentation-openai');
  const instrumentation = new OpenAIInstrumentation({ captureMessageContent: true });
  instrumentation.setTracerProvider(tracerProvider);
  // As `registerInstrumentations` does: its class fields undo what its constructor made, and streams then break.
  instrumentation.setMeterProvider(load('@opentelemetry/api').metrics.getMeterProvider());
  return { connect: (urls) => ({ openAi: openAiClient(urls) }) };
}
