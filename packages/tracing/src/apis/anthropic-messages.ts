import { anthropicContent } from '../content/anthropic-content.js';
import { asArray, asNumber, asString, field, textLength } from '../json.js';
import type { LlmCallRecorder, LlmRequestInfo } from '../llm-call-recorder.js';
import type { ChunkReader } from '../stream-recording.js';
import { AnthropicUsage } from './anthropic-usage.js';
import type { LlmApi } from './llm-api.js';
import { systemLength } from './system-length.js';

/** `messages.create` and `beta.messages.create` */
export const anthropicMessages: LlmApi = {
  operation: 'chat',
  readRequest,
  readResponse,
  chunkReader,
  content: anthropicContent,
};

function readRequest(body: unknown): LlmRequestInfo {
  const messages = field(body, 'messages');
  return {
    model: asString(field(body, 'model')),
    temperature: asNumber(field(body, 'temperature')),
    maxTokens: asNumber(field(body, 'max_tokens')),
    messageCount: asArray(messages).length,
    systemLength: textLength(field(body, 'system')) + systemLength(messages),
    streaming: field(body, 'stream') === true,
  };
}

function readResponse(message: unknown, call: LlmCallRecorder): void {
  let responseLength = 0;
  for (const block of asArray(field(message, 'content')))
    if (field(block, 'type') === 'text') responseLength += textLength(field(block, 'text'));
  call.recordResponse({
    model: asString(field(message, 'model')),
    stopReason: asString(field(message, 'stop_reason')),
    responseLength,
  });
  const usage = new AnthropicUsage();
  usage.add(field(message, 'usage'), true);
  call.recordUsage(usage.total);
}

function chunkReader(call: LlmCallRecorder): ChunkReader<unknown> {
  const usage = new AnthropicUsage();
  let model: string | undefined;
  let stopReason: string | undefined;
  let responseLength = 0;
  return {
    read(event) {
      switch (field(event, 'type')) {
        case 'content_block_delta': {
          const delta = field(event, 'delta');
          if (field(delta, 'type') === 'text_delta') responseLength += textLength(field(delta, 'text'));
          return true;
        }
        case 'message_start': {
          const message = field(event, 'message');
          model = asString(field(message, 'model'));
          usage.add(field(message, 'usage'), false);
          break;
        }
        case 'message_delta':
          stopReason = asString(field(field(event, 'delta'), 'stop_reason')) ?? stopReason;
          usage.add(field(event, 'usage'), true);
          break;
      }
      return false;
    },
    finish() {
      call.recordResponse({ model, stopReason, responseLength });
      call.recordUsage(usage.total);
    },
  };
}
