import type { Transcription, TranscriptionStreamEvent } from 'openai/resources/audio/transcriptions';
import { type ApiCall, type FakeApi, RawBody, type StreamEvent } from './fake-api.js';
import type { ResolvedReply } from './fake-reply.js';
import { openAiError } from './openai-error.js';

/** OpenAI's `POST /v1/audio/transcriptions` and `/translations`; as text for `response_format: 'text'`. */
export const openAiTranscriptions: FakeApi = {
  requestIdHeader: 'x-request-id',
  json: ({ body, reply, path }) => {
    if (body.response_format === 'text') return new RawBody('text/plain', Buffer.from(reply.text));
    return path.endsWith('/translations') ? { text: reply.text } : { text: reply.text, usage: usage(reply) };
  },
  errorBody: (error) => ({ error: openAiError(error) }),
  streaming: { events, error: (error) => [{ event: 'error', data: { error: openAiError(error) } }] },
};

/** OpenAI's `POST /v1/audio/speech`. */
export const openAiSpeech: FakeApi = {
  requestIdHeader: 'x-request-id',
  json: ({ reply }) => new RawBody('audio/mpeg', Buffer.from(reply.text)),
  errorBody: (error) => ({ error: openAiError(error) }),
};

function* events({ reply }: ApiCall): Iterable<StreamEvent> {
  const event = (data: TranscriptionStreamEvent, isContent = false): StreamEvent => ({ data, isContent });
  for (const delta of reply.chunks) yield event({ type: 'transcript.text.delta', delta }, true);
  yield event({ type: 'transcript.text.done', text: reply.text, usage: usage(reply) });
  yield { data: '[DONE]' };
}

function usage({ usage: { input, output } }: ResolvedReply): Transcription.Tokens {
  return {
    type: 'tokens',
    input_tokens: input,
    output_tokens: output,
    total_tokens: input + output,
    input_token_details: { audio_tokens: input, text_tokens: 0 },
  };
}
