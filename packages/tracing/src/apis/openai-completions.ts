import { openAiCompletionsContent } from '../content/openai-completions-content.js';
import type { LlmCallRecorder, LlmRequestInfo } from '../llm-call-recorder.js';
import type { ChunkReader } from '../streams/stream-recording.js';
import { asArray, asNumber, asString, type Loose, textLength } from '../unknown-values.js';
import { askForStreamUsage } from './ask-for-stream-usage.js';
import type { LlmApi } from './llm-api.js';
import { recordOpenAiUsage } from './openai-usage.js';
import { StopReasons } from './stop-reasons.js';

type Completion = Loose<'id' | 'model' | 'choices' | 'usage'>;
type Choice = Loose<'index' | 'text' | 'finish_reason'>;

/** `completions.create`, from before there was a chat */
export const openAiCompletions: LlmApi = {
  operation: 'text_completion',
  readRequest,
  readResponse,
  chunkReader,
  askForUsage: askForStreamUsage,
  content: openAiCompletionsContent,
};

function readRequest(body: unknown): LlmRequestInfo {
  const request = body as Loose<'model' | 'temperature' | 'max_tokens' | 'stream'>;
  return {
    model: asString(request?.model),
    temperature: asNumber(request?.temperature),
    maxTokens: asNumber(request?.max_tokens),
    streaming: request?.stream === true,
  };
}

function readResponse(response: unknown, call: LlmCallRecorder): void {
  const reader = chunkReader(call);
  // A chunk is a completion of which the texts are parts.
  reader.read(response);
  reader.finish?.();
}

function chunkReader(call: LlmCallRecorder): ChunkReader<unknown> {
  let id: string | undefined;
  let model: string | undefined;
  const stops = new StopReasons();
  let responseLength = 0;
  return {
    read(given) {
      const chunk = given as Completion;
      id ??= asString(chunk?.id);
      model ??= asString(chunk?.model);
      if (chunk?.usage) recordOpenAiUsage(chunk.usage, call);
      for (const each of asArray(chunk?.choices)) {
        const choice = each as Choice;
        responseLength += textLength(choice?.text);
        if (choice?.finish_reason) stops.add(choice.index, choice.finish_reason);
      }
      return responseLength > 0;
    },
    finish: () =>
      call.recordResponse({
        id,
        model,
        ...stops.toResponse(),
        responseLength,
      }),
  };
}
