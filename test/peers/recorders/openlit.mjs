import { anthropicClient, openAiClient } from '../child/clients.mjs';
import { load } from '../child/load.mjs';
import { prepareOpenlit } from '../child/openlit.mjs';

export const family = 'clients';

export function prepare({ tracerProvider }) {
  prepareOpenlit('openai', tracerProvider).manualPatch(load('openai'));
  prepareOpenlit('anthropic', tracerProvider).manualPatch(load('@anthropic-ai/sdk'));
  return { connect: (urls) => ({ openAi: openAiClient(urls), anthropic: anthropicClient(urls) }) };
}
