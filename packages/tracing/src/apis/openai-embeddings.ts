import { openAiInputContent } from '../content/openai-input-content.js';
import { asString, field } from '../unknown-values.js';
import type { LlmApi } from './llm-api.js';
import { readOpenAiUsage } from './openai-usage.js';

/** `embeddings.create` */
export const openAiEmbeddings: LlmApi = {
  operation: 'embeddings',
  readRequest: (body) => ({ model: asString(field(body, 'model')) }),
  readResponse(response, call) {
    call.recordResponse({ model: asString(field(response, 'model')) });
    const usage = field(response, 'usage');
    // There are no output tokens: without the 0 the counts would pass for incomplete.
    if (usage) call.recordUsage({ ...readOpenAiUsage(usage), outputTokens: 0 });
  },
  chunkReader: () => ({ read: () => true }),
  content: openAiInputContent,
};
