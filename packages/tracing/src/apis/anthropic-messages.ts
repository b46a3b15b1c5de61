import { anthropicContent } from '../content/anthropic-content.js';
import type { LlmCallRecorder, LlmRequestInfo } from '../llm-call-recorder.js';
import type { ChunkReader } from '../streams/stream-recording.js';
import { asArray, asNumber, asString, type Loose, textLength } from '../unknown-values.js';
import { AnthropicUsage } from './anthropic-usage.js';
import type { LlmApi } from './llm-api.js';
import { systemLength } from './system-length.js';

type Request = Loose<
  'model' | 'messages' | 'temperature' | 'max_tokens' | 'system' | 'stream' | 'service_tier'
>;
type Message = Loose<'id' | 'model' | 'content' | 'stop_reason' | 'usage'>;
type Block = Loose<'type' | 'text'>;
type FallbackBlock = Loose<'type' | 'to'>;
type StreamEvent = Loose<'type' | 'delta' | 'message' | 'usage' | 'content_block'>;

/** `messages.create` and `beta.messages.create` */
export const anthropicMessages: LlmApi = {
  operation: 'chat',
  readRequest,
  readResponse,
  chunkReader,
  content: anthropicContent,
};

function readRequest(body: unknown): LlmRequestInfo {
  const request = body as Request;
  const messages = request?.messages;
  return {
    model: asString(request?.model),
    temperature: asNumber(request?.temperature),
    maxTokens: asNumber(request?.max_tokens),
    messageCount: asArray(messages).length,
    systemLength: textLength(request?.system) + systemLength(messages),
    streaming: request?.stream === true,
    serviceTier: asString(request?.service_tier),
  };
}

function readResponse(response: unknown, call: LlmCallRecorder): void {
  const message = response as Message;
  let responseLength = 0;
  for (const each of asArray(message?.content)) {
    const block = each as Block;
    if (block?.type === 'text') responseLength += textLength(block.text);
  }
  call.recordResponse({
    id: asString(message?.id),
    model: asString(message?.model),
    stopReason: asString(message?.stop_reason),
    responseLength,
    serviceTier: serviceTierOf(message?.usage),
  });
  const usage = new AnthropicUsage();
  usage.add(message?.usage, true);
  call.recordUsage(usage.total);
}

function chunkReader(call: LlmCallRecorder): ChunkReader<unknown> {
  const usage = new AnthropicUsage();
  let id: string | undefined;
  let model: string | undefined;
  let stopReason: string | undefined;
  let serviceTier: string | undefined;
  let responseLength = 0;
  return {
    read(given) {
      const event = given as StreamEvent;
      switch (event?.type) {
        case 'content_block_delta': {
          const delta = event.delta as Block;
          if (delta?.type === 'text_delta') responseLength += textLength(delta.text);
          return true;
        }
        case 'content_block_start': {
          // Where the model declined, and the server went on with another.
          const block = event.content_block as FallbackBlock;
          if (block?.type === 'fallback') model = asString((block.to as Message)?.model) ?? model;
          break;
        }
        case 'message_start': {
          const message = event.message as Message;
          id = asString(message?.id);
          model = asString(message?.model);
          serviceTier = serviceTierOf(message?.usage);
          usage.add(message?.usage, false);
          break;
        }
        case 'message_delta':
          stopReason = asString((event.delta as Message)?.stop_reason) ?? stopReason;
          usage.add(event.usage, true);
          break;
      }
      return false;
    },
    finish() {
      call.recordResponse({ id, model, stopReason, responseLength, serviceTier });
      call.recordUsage(usage.total);
    },
  };
}

function serviceTierOf(usage: unknown): string | undefined {
  return asString((usage as Loose<'service_tier'>)?.service_tier);
}
