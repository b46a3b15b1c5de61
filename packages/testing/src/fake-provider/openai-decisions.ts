import type { ApiCall, FakeApi } from './fake-api.js';
import { openAiError } from './openai-error.js';

/** OpenAI's `POST /v1/decisions`, which finds everything to be true. The oldest client line has no types for it. */
export const openAiDecisions: FakeApi = {
  requestIdHeader: 'x-request-id',
  json: decision,
  errorBody: (error) => ({ error: openAiError(error) }),
};

function decision({ body, reply }: ApiCall): object {
  const { input, output, cacheRead, cacheWrite, reasoning } = reply.usage;
  const questions = body.questions as { name?: string }[];
  return {
    answers: questions.map(({ name }) => ({ type: 'predicate', name: name ?? null, probability: 1 })),
    model: reply.model,
    usage: {
      input_tokens: input,
      input_tokens_details: { cached_tokens: cacheRead, cache_write_tokens: cacheWrite },
      output_tokens: output,
      output_tokens_details: { reasoning_tokens: reasoning },
      total_tokens: input + output,
    },
  };
}
