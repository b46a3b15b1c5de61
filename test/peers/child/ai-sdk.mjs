import { marker } from '../scenarios/canaries.mjs';
import { load } from './load.mjs';

/**
 * What the AI SDK scenarios use, of one major version.
 *
 * @param telemetry - the call options that turn telemetry on
 */
export function aiSdk(major, urls, telemetry) {
  const { createOpenAI } = load(`ai${major}-openai`);
  const { createAnthropic } = load(`ai${major}-anthropic`);
  return {
    major,
    ai: load(`ai${major}`),
    openAi: createOpenAI({
      apiKey: 'sk-test',
      baseURL: urls.openAiBaseUrl,
      ...(major === 4 && { compatibility: 'strict' }),
    }),
    anthropic: createAnthropic({
      apiKey: 'sk-ant-test',
      baseURL: `${urls.anthropicBaseUrl}/v1`,
    }),
    telemetry,
  };
}

/** As versions 4 to 6 want it. */
export const experimentalTelemetry = () => ({
  experimental_telemetry: {
    isEnabled: true,
    functionId: 'answer-question',
    metadata: { feature: marker('Metadata'), userId: marker('User'), sessionId: marker('Session') },
  },
});
