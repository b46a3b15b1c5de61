import type { FakeApi } from './fake-api.js';
import { openAiError } from './openai-error.js';

/** OpenAI's `POST /v1/moderations`, which finds nothing to object to. */
export const openAiModerations: FakeApi = {
  requestIdHeader: 'x-request-id',
  json: ({ reply, id }) => ({
    id: `modr-${id}`,
    model: reply.model,
    results: [{ flagged: false, categories: {}, category_scores: {}, category_applied_input_types: {} }],
  }),
  errorBody: (error) => ({ error: openAiError(error) }),
  model: () => 'omni-moderation-latest',
};
