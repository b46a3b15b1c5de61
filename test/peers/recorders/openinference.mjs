import { anthropicClient, openAiClient } from '../child/clients.mjs';
import { load } from '../child/load.mjs';

export const family = 'clients';

export function prepare({ tracerProvider }) {
  // Before the instrumentations, which patch what is required after them: once is enough.
  const { OpenAI } = load('openai');
  const { Anthropic } = load('@anthropic-ai/sdk');
  const { OpenAIInstrumentation } = load('@arizeai/openinference-instrumentation-openai');
  const { AnthropicInstrumentation } = load('@arizeai/openinference-instrumentation-anthropic');
  new OpenAIInstrumentation({ tracerProvider }).manuallyInstrument(OpenAI);
  new AnthropicInstrumentation({ tracerProvider }).manuallyInstrument(Anthropic);
  return { connect: (urls) => ({ openAi: openAiClient(urls), anthropic: anthropicClient(urls) }) };
}
