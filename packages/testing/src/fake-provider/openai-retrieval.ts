import type { Batch } from 'openai/resources/batches';
import { type ApiCall, CREATED, type FakeApi, type Streaming } from './fake-api.js';
import { openAiError } from './openai-error.js';
import { openAiResponses } from './openai-responses.js';

/** OpenAI's `GET /v1/responses/…`: a response that worked in the background, for a minute; or its stream, once more. */
export const openAiBackgroundResponse: FakeApi = {
  requestIdHeader: 'x-request-id',
  json(call) {
    const whole = openAiResponses.json(call);
    const { stopReason } = call.reply;
    const times = { created_at: CREATED, completed_at: CREATED + 60 };
    // Until it is over there is no usage.
    const status =
      stopReason === 'queued' || stopReason === 'in_progress' ? { status: stopReason, usage: null } : {};
    return { ...whole, ...times, ...status, id: lastOf(call.path), background: true };
  },
  errorBody: (error) => ({ error: openAiError(error) }),
  model: () => 'gpt-4o',
  streaming: {
    *events(call) {
      const streaming = openAiResponses.streaming as Streaming;
      for (const event of streaming.events({ ...call, body: { background: true } }))
        yield { ...event, data: retrieved(event.data, lastOf(call.path)) };
    },
    error: (error, sequenceNumber) => (openAiResponses.streaming as Streaming).error(error, sequenceNumber),
  },
};

/** An event, with the id of the response that was asked for. */
function retrieved(data: object | string, id: string): object | string {
  return typeof data === 'object' && 'response' in data
    ? { ...data, response: { ...(data.response as object), id } }
    : data;
}

/** OpenAI's `GET /v1/batches/…`: complete after an hour, or in whatever status the reply's stop reason is. */
export const openAiBatch: FakeApi = {
  requestIdHeader: 'x-request-id',
  json: batch,
  errorBody: (error) => ({ error: openAiError(error) }),
  model: () => 'gpt-4o',
};

function batch({ reply, path }: ApiCall): Batch {
  const { input, output, cacheRead, reasoning } = reply.usage;
  const status = (reply.stopReason ?? 'completed') as Batch['status'];
  return {
    id: lastOf(path),
    object: 'batch',
    endpoint: '/v1/chat/completions',
    completion_window: '24h',
    input_file_id: 'file-1',
    created_at: CREATED,
    in_progress_at: CREATED,
    status,
    model: reply.model,
    ...(status === 'completed' && {
      completed_at: CREATED + 3600,
      usage: {
        input_tokens: input,
        input_tokens_details: { cached_tokens: cacheRead },
        output_tokens: output,
        output_tokens_details: { reasoning_tokens: reasoning },
        total_tokens: input + output,
      },
    }),
  };
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
