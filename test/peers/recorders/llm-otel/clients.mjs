import { anthropicClient, openAiClient } from '../../child/clients.mjs';
import { load } from '../../child/load.mjs';

export const family = 'clients';

export function prepare({ tracerProvider }) {
  const { wrapAnthropic, wrapOpenAI } = load('../../../packages/tracing/dist/index.js');
  const options = { tracerProvider, captureContent: true, conventions: ['llm', 'gen_ai'] };
  return {
    connect: (urls) => ({
      openAi: wrapOpenAI(openAiClient(urls), options),
      anthropic: wrapAnthropic(anthropicClient(urls), options),
    }),
  };
}
