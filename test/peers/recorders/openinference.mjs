import { anthropicClient, openAiClient } from '../child/clients.mjs';
import { load } from '../child/load.mjs';
import { canary, marker } from '../scenarios/canaries.mjs';

export const family = 'clients';

export function prepare({ tracerProvider }) {
  // Before the instrumentations, which patch what is required after them: once is enough.
  const { OpenAI } = load('openai');
  const { Anthropic } = load('@anthropic-ai/sdk');
  const { OpenAIInstrumentation } = load('@arizeai/openinference-instrumentation-openai');
  const { AnthropicInstrumentation } = load('@arizeai/openinference-instrumentation-anthropic');
  new OpenAIInstrumentation({ tracerProvider }).manuallyInstrument(OpenAI);
  new AnthropicInstrumentation({ tracerProvider }).manuallyInstrument(Anthropic);
  return {
    connect: (urls) => ({ openAi: openAiClient(urls), anthropic: anthropicClient(urls), attributed }),
  };
}

/** Calls with everything in the context that the instrumentations copy from there. */
function attributed(fn) {
  const { context } = load('@opentelemetry/api');
  const core = load('@arizeai/openinference-core');
  let active = core.setSession(context.active(), { sessionId: marker('Session') });
  active = core.setUser(active, { userId: marker('User') });
  active = core.setMetadata(active, { feature: marker('Metadata') });
  active = core.setTags(active, [marker('Tag')]);
  active = core.setPromptTemplate(active, {
    template: `Question ${canary('PromptTemplate')} {{name}}`,
    variables: { name: canary('PromptVariable') },
    version: '2',
  });
  return context.with(active, fn);
}
