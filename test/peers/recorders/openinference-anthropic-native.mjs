import { anthropicClient } from '../child/clients.mjs';
import { load } from '../child/load.mjs';

export const family = 'clients';
export const supports = ({ api }) => api === 'anthropic';

/** OpenInference over the client that traces itself, which is what one gets without turning that off. */
export function prepare({ tracerProvider }) {
  const { Anthropic } = load('@anthropic-ai/sdk');
  const { AnthropicInstrumentation } = load('@arizeai/openinference-instrumentation-anthropic');
  new AnthropicInstrumentation({ tracerProvider }).manuallyInstrument(Anthropic);
  return { connect: (urls) => ({ anthropic: anthropicClient(urls, {}) }) };
}
