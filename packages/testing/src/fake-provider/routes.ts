import { anthropicMessages } from './anthropic-messages.js';
import type { FakeApi } from './fake-api.js';
import { openAiChat } from './openai-chat.js';
import { openAiEmbeddings } from './openai-embeddings.js';
import { openAiResponses } from './openai-responses.js';

// By the end of the path, because hosts that speak OpenAI's API put it under paths of their own
// (Azure: /openai/deployments/<name>/chat/completions, Groq: /openai/v1/chat/completions).
const routes: readonly (readonly [pathEnd: string, api: FakeApi])[] = [
  ['/chat/completions', openAiChat],
  ['/responses', openAiResponses],
  ['/embeddings', openAiEmbeddings],
  ['/messages', anthropicMessages],
];

export function findApi(method: string, path: string): FakeApi | undefined {
  if (method !== 'POST') return undefined;
  return routes.find(([pathEnd]) => path.endsWith(pathEnd))?.[1];
}
