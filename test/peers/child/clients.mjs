import { load } from './load.mjs';

// Nothing is retried: a scenario's replies are answered in order.
const common = { maxRetries: 0, timeout: 10_000 };

export function openAiClient({ openAiBaseUrl }) {
  const { OpenAI } = load('openai');
  return new OpenAI({ ...common, apiKey: 'sk-test', baseURL: openAiBaseUrl });
}

/** The SDK of Anthropic traces itself; `openTelemetry: false` is how an application turns that off. */
export function anthropicClient({ anthropicBaseUrl }, openTelemetry = false, sdk = '@anthropic-ai/sdk') {
  const { Anthropic } = load(sdk);
  return new Anthropic({ ...common, apiKey: 'sk-ant-test', baseURL: anthropicBaseUrl, openTelemetry });
}
