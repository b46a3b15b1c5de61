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
      fetch: fetchAsOnTheWire,
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

/** Anthropic leaves out `citations` where there are none; the fake provider says null, which versions 5 and 6 refuse. */
async function fetchAsOnTheWire(url, init) {
  const response = await fetch(url, init);
  if (!response.headers.get('content-type')?.includes('json')) return response;
  const body = (await response.text()).replaceAll(',"citations":null', '');
  return new Response(body, { status: response.status, headers: { 'content-type': 'application/json' } });
}
