import { anthropicClient, openAiClient } from '../child/clients.mjs';
import { load } from '../child/load.mjs';
import { prepareSentry } from '../child/sentry.mjs';

export const family = 'clients';

export function prepare() {
  const { instrumentAnthropicAiClient, instrumentOpenAiClient } = load('@sentry/node');
  const recording = { recordInputs: true, recordOutputs: true };
  return {
    ...prepareSentry(),
    connect: (urls) => ({
      openAi: instrumentOpenAiClient(openAiClient(urls), recording),
      anthropic: instrumentAnthropicAiClient(anthropicClient(urls), recording),
    }),
  };
}
