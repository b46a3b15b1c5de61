import { anthropicMessages } from './anthropic-messages.js';
import { eventStreamMessage } from './event-stream.js';
import type { FakeApi, StreamEvent, Streaming } from './fake-api.js';

/** Amazon Bedrock's `POST /model/…/invoke` and `/invoke-with-response-stream`, for Anthropic's models. */
export const bedrockMessages: FakeApi = {
  ...anthropicMessages,
  streaming: {
    ...(anthropicMessages.streaming as Streaming),
    contentType: 'application/vnd.amazon.eventstream',
    frame,
  },
  model: (path) => decodeURIComponent(/\/model\/([^/]+)\//.exec(path)?.[1] ?? ''),
  streams: (path) => path.endsWith('/invoke-with-response-stream'),
};

/** Google Vertex AI's `POST …/publishers/anthropic/models/…:rawPredict` and `:streamRawPredict`. */
export const vertexMessages: FakeApi = {
  ...anthropicMessages,
  model: (path) => /\/models\/([^/:]+):/.exec(path)?.[1] ?? '',
  streams: (path) => path.endsWith(':streamRawPredict'),
};

/** Bedrock puts an event into a message of AWS's event stream encoding, as base64. */
function frame({ data }: StreamEvent): Buffer {
  const bytes = Buffer.from(JSON.stringify(data)).toString('base64');
  return eventStreamMessage('event', 'chunk', { bytes });
}
