import { anthropicClient, openAiClient } from './clients.mjs';
import { load } from './load.mjs';

// It patches `Anthropic.Completions`, which Anthropic's SDK has no more since 1.0: requiring that one throws.
const ANTHROPIC_SDK = 'anthropic-sdk-0';

export function prepareTraceloop(tracerProvider, openAiPackage, anthropicPackage) {
  // Before the instrumentations, which patch what is required after them: once is enough.
  const { OpenAI } = load('openai');
  const anthropicSdk = load(ANTHROPIC_SDK);
  const openAi = new (load(openAiPackage).OpenAIInstrumentation)();
  openAi.setTracerProvider(tracerProvider);
  openAi.manuallyInstrument(OpenAI);
  const anthropic = new (load(anthropicPackage).AnthropicInstrumentation)();
  anthropic.setTracerProvider(tracerProvider);
  anthropic.manuallyInstrument(anthropicSdk);
  return {
    connect: (urls) => ({
      openAi: openAiClient(urls),
      anthropic: anthropicClient(urls, false, ANTHROPIC_SDK),
    }),
  };
}
