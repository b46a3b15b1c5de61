import { readResponsesOutput } from '../content/openai-responses-content.js';
import { asNumber, asString, field, type Loose } from '../unknown-values.js';
import { isBackgroundOutcome, openAiResponses } from './openai-responses.js';
import type { PolledApi } from './polled-api.js';

type Response = Loose<'id' | 'model' | 'created_at' | 'completed_at'>;

/** `responses.retrieve`: `create` returned a response that is worked on in the background, before it had any usage. */
export const openAiBackgroundResponses: PolledApi = {
  operation: 'chat',
  outcome(result) {
    const response = result as Response;
    const id = asString(response?.id);
    if (id === undefined || !isBackgroundOutcome(response)) return undefined;
    return {
      id,
      request: { model: asString(response?.model) },
      startedAt: asNumber(response?.created_at),
      endedAt: asNumber(response?.completed_at),
      record: (call) => openAiResponses.readResponse(response, call),
      content: () => readResponsesOutput(response),
    };
  },
  resultOf: (event) => field(event, 'response'),
};
