import { openAiClient } from '../child/clients.mjs';
import { load } from '../child/load.mjs';
import { marker } from '../scenarios/canaries.mjs';

export const family = 'clients';
export const supports = ({ api }) => api !== 'anthropic';

export function prepare() {
  const { observeOpenAI } = load('@langfuse/openai');
  const config = {
    userId: marker('User'),
    sessionId: marker('Session'),
    tags: [marker('Tag')],
    generationMetadata: { feature: marker('Metadata') },
  };
  return { connect: (urls) => ({ openAi: observeOpenAI(openAiClient(urls), config) }) };
}
