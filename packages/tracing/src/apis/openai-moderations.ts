import { openAiInputContent } from '../content/openai-input-content.js';
import { asString, type Loose } from '../unknown-values.js';
import type { LlmApi } from './llm-api.js';

/** `moderations.create`, which costs nothing and reports no tokens. */
export const openAiModerations: LlmApi = {
  operation: 'moderation',
  readRequest: (body) => ({ model: modelOf(body) }),
  readResponse: (response, call) => call.recordResponse({ model: modelOf(response) }),
  chunkReader: () => ({ read: () => true }),
  content: openAiInputContent,
};

function modelOf(value: unknown): string | undefined {
  return asString((value as Loose<'model'>)?.model);
}
