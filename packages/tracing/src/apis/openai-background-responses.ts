import { readResponsesOutput } from '../content/openai-responses-content.js';
import { asNumber, asString, type Loose } from '../json.js';
import { openAiResponses } from './openai-responses.js';
import type { PolledApi } from './polled-api.js';

type Response = Loose<'id' | 'background' | 'status' | 'model' | 'created_at' | 'completed_at'>;

const over: readonly unknown[] = ['completed', 'incomplete', 'failed', 'cancelled'];

/** `responses.retrieve`: `create` gave a response that works in the background before there was anything to tell. */
export const openAiBackgroundResponses: PolledApi = {
  operation: 'chat',
  outcome(result) {
    const response = result as Response;
    const id = asString(response?.id);
    if (id === undefined || response?.background !== true || !over.includes(response.status))
      return undefined;
    return {
      id,
      request: { model: asString(response.model) },
      startedAt: asNumber(response.created_at),
      endedAt: asNumber(response.completed_at),
      record: (call) => openAiResponses.readResponse(response, call),
      content: () => readResponsesOutput(response),
    };
  },
};
