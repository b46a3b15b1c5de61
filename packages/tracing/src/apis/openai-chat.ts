import { openAiChatContent } from '../content/openai-chat-content.js';
import type { LlmCallRecorder, LlmRequestInfo } from '../llm-call-recorder.js';
import type { ChunkReader } from '../streams/stream-recording.js';
import { asArray, asNumber, asString, type Loose, textLength } from '../unknown-values.js';
import { askForStreamUsage } from './ask-for-stream-usage.js';
import type { LlmApi } from './llm-api.js';
import { recordOpenAiUsage } from './openai-usage.js';
import { StopReasons } from './stop-reasons.js';
import { systemLength } from './system-length.js';

type Request = Loose<
  'model' | 'messages' | 'temperature' | 'max_completion_tokens' | 'max_tokens' | 'stream' | 'service_tier'
>;
type Completion = Loose<'id' | 'model' | 'choices' | 'usage' | 'service_tier' | 'x_groq'>;
type Choice = Loose<'index' | 'message' | 'delta' | 'finish_reason' | 'usage'>;
/** `reasoning_content` and `reasoning` are those of DeepSeek, Groq, OpenRouter and others that speak OpenAI's API. */
type Content = Loose<
  'content' | 'tool_calls' | 'refusal' | 'reasoning_content' | 'reasoning' | 'audio' | 'function_call'
>;

/** `chat.completions.create` */
export const openAiChat: LlmApi = {
  operation: 'chat',
  readRequest,
  readResponse,
  chunkReader,
  content: openAiChatContent,
  askForUsage: askForStreamUsage,
};

function readRequest(body: unknown): LlmRequestInfo {
  const request = body as Request;
  const messages = request?.messages;
  return {
    model: asString(request?.model),
    temperature: asNumber(request?.temperature),
    maxTokens: asNumber(request?.max_completion_tokens ?? request?.max_tokens),
    messageCount: asArray(messages).length,
    systemLength: systemLength(messages),
    streaming: request?.stream === true,
    serviceTier: asString(request?.service_tier),
  };
}

function readResponse(response: unknown, call: LlmCallRecorder): void {
  const completion = response as Completion;
  const choices = asArray(completion?.choices) as readonly Choice[];
  let responseLength = 0;
  for (const choice of choices) responseLength += textLength((choice?.message as Content)?.content);
  call.recordResponse({
    id: asString(completion?.id),
    model: asString(completion?.model),
    stopReason: asString(choices[0]?.finish_reason),
    stopReasons: choices.length > 1 ? choices.map((choice) => asString(choice?.finish_reason)) : undefined,
    responseLength,
    serviceTier: asString(completion?.service_tier),
  });
  recordOpenAiUsage(completion?.usage, call, asString(completion?.model));
}

function chunkReader(call: LlmCallRecorder): ChunkReader<unknown> {
  let id: string | undefined;
  let model: string | undefined;
  const stops = new StopReasons();
  let serviceTier: string | undefined;
  let responseLength = 0;
  let hasContent = false;
  return {
    read(given) {
      const chunk = given as Completion;
      // The first and the last are enough: the others repeat them.
      if (model === undefined || chunk?.usage) {
        id ??= asString(chunk?.id);
        model ??= asString(chunk?.model);
        serviceTier = asString(chunk?.service_tier) ?? serviceTier;
      }
      // The last chunk but `[DONE]`, and only with `stream_options.include_usage`.
      if (chunk?.usage) recordOpenAiUsage(chunk.usage, call, model);
      const choices = chunk?.choices as readonly Choice[] | null | undefined;
      const count = choices?.length ?? 0;
      // Not `for … of`, which takes as long as all else here.
      for (let at = 0; at < count; at++) {
        const choice = choices?.[at];
        const delta = choice?.delta as Content;
        const content = delta?.content;
        responseLength += typeof content === 'string' ? content.length : textLength(content);
        // Only the first chunk with content matters.
        hasContent ||= bearsContent(delta);
        if (choice?.finish_reason) {
          stops.add(choice.index, choice.finish_reason);
          // Moonshot and Groq report it here, whether or not it is asked for.
          if (!chunk?.usage)
            recordOpenAiUsage(choice.usage ?? (chunk?.x_groq as Loose<'usage'>)?.usage, call);
        }
      }
      return hasContent;
    },
    finish: () =>
      call.recordResponse({
        id,
        model,
        ...stops.toResponse(),
        responseLength,
        serviceTier,
      }),
  };
}

function bearsContent(delta: Content): boolean {
  return (
    isSomething(delta?.content) ||
    isSomething(delta?.tool_calls) ||
    isSomething(delta?.refusal) ||
    isSomething(delta?.reasoning_content) ||
    isSomething(delta?.reasoning) ||
    isSomething(delta?.audio) ||
    isSomething(delta?.function_call)
  );
}

function isSomething(value: unknown): boolean {
  return Boolean(value) && !(Array.isArray(value) && value.length === 0);
}
