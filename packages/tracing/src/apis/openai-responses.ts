import { openAiResponsesContent } from '../content/openai-responses-content.js';
import { asArray, asNumber, asString, field, textLength } from '../json.js';
import type { LlmCallRecorder, LlmRequestInfo } from '../llm-call-recorder.js';
import type { ChunkReader } from '../stream-recording.js';
import type { LlmApi } from './llm-api.js';
import { readOpenAiUsage } from './openai-usage.js';
import { systemLength } from './system-length.js';

/** `responses.create` */
export const openAiResponses: LlmApi = {
  operation: 'chat',
  readRequest,
  readResponse,
  chunkReader,
  content: openAiResponsesContent,
};

function readRequest(body: unknown): LlmRequestInfo {
  const input = field(body, 'input');
  return {
    model: asString(field(body, 'model')),
    temperature: asNumber(field(body, 'temperature')),
    maxTokens: asNumber(field(body, 'max_output_tokens')),
    messageCount: typeof input === 'string' ? 1 : asArray(input).length,
    systemLength: textLength(field(body, 'instructions')) + systemLength(input),
    streaming: field(body, 'stream') === true,
  };
}

function readResponse(response: unknown, call: LlmCallRecorder): void {
  let responseLength = 0;
  for (const item of asArray(field(response, 'output')))
    if (field(item, 'type') === 'message') responseLength += textLength(field(item, 'content'));
  call.recordResponse({
    model: asString(field(response, 'model')),
    stopReason: asString(field(field(response, 'incomplete_details'), 'reason') ?? field(response, 'status')),
    responseLength,
  });
  const usage = field(response, 'usage');
  if (usage) call.recordUsage(readOpenAiUsage(usage));
  // A model that fails is told in a response that is HTTP 200.
  if (field(response, 'status') === 'failed') call.recordError(field(response, 'error'));
}

function chunkReader(call: LlmCallRecorder): ChunkReader<unknown> {
  let model: string | undefined;
  let responseLength = 0;
  let finished = false;
  return {
    read(event) {
      const type = asString(field(event, 'type')) ?? '';
      if (type.endsWith('.delta')) {
        if (type === 'response.output_text.delta') responseLength += textLength(field(event, 'delta'));
        return true;
      }
      switch (type) {
        case 'response.created':
          model = asString(field(field(event, 'response'), 'model'));
          break;
        case 'response.completed':
        case 'response.incomplete':
        case 'response.failed':
          finished = true;
          readResponse(field(event, 'response'), call);
          break;
        case 'error':
          // The client gives this event to the application rather than throwing.
          call.recordError(event);
          break;
      }
      return false;
    },
    finish() {
      if (!finished) call.recordResponse({ model, responseLength });
    },
  };
}
