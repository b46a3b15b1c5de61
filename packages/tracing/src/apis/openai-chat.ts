import { openAiChatContent } from '../content/openai-chat-content.js';
import { asArray, asNumber, asString, field, textLength } from '../json.js';
import type { LlmCallRecorder, LlmRequestInfo } from '../llm-call-recorder.js';
import type { ChunkReader } from '../stream-recording.js';
import type { LlmApi } from './llm-api.js';
import { readOpenAiUsage } from './openai-usage.js';
import { systemLength } from './system-length.js';

/** `chat.completions.create` */
export const openAiChat: LlmApi = {
  operation: 'chat',
  readRequest,
  readResponse,
  chunkReader,
  content: openAiChatContent,
};

function readRequest(body: unknown): LlmRequestInfo {
  const messages = field(body, 'messages');
  return {
    model: asString(field(body, 'model')),
    temperature: asNumber(field(body, 'temperature')),
    maxTokens: asNumber(field(body, 'max_completion_tokens') ?? field(body, 'max_tokens')),
    messageCount: asArray(messages).length,
    systemLength: systemLength(messages),
    streaming: field(body, 'stream') === true,
  };
}

function readResponse(response: unknown, call: LlmCallRecorder): void {
  const choices = asArray(field(response, 'choices'));
  let responseLength = 0;
  for (const choice of choices) responseLength += textLength(field(field(choice, 'message'), 'content'));
  call.recordResponse({
    model: asString(field(response, 'model')),
    stopReason: asString(field(choices[0], 'finish_reason')),
    responseLength,
  });
  const usage = field(response, 'usage');
  if (usage) call.recordUsage(readOpenAiUsage(usage));
}

function chunkReader(call: LlmCallRecorder): ChunkReader<unknown> {
  let model: string | undefined;
  let stopReason: string | undefined;
  let responseLength = 0;
  return {
    read(chunk) {
      model ??= asString(field(chunk, 'model'));
      // The last chunk but `[DONE]`, and only with `stream_options.include_usage`.
      const usage = field(chunk, 'usage');
      if (usage) call.recordUsage(readOpenAiUsage(usage));
      let content = false;
      for (const choice of asArray(field(chunk, 'choices'))) {
        const delta = field(choice, 'delta');
        responseLength += textLength(field(delta, 'content'));
        content ||= bearsContent(delta);
        if (field(choice, 'index') === 0) stopReason ??= asString(field(choice, 'finish_reason'));
      }
      return content;
    },
    finish: () => call.recordResponse({ model, stopReason, responseLength }),
  };
}

/** `reasoning_content` and `reasoning` are those of DeepSeek, Groq, OpenRouter and others that speak OpenAI's API. */
const contentFields = [
  'content',
  'tool_calls',
  'refusal',
  'reasoning_content',
  'reasoning',
  'audio',
  'function_call',
];

function bearsContent(delta: unknown): boolean {
  for (const name of contentFields) {
    const value = field(delta, name);
    if (value && !(Array.isArray(value) && value.length === 0)) return true;
  }
  return false;
}
