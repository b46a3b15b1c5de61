import type { LlmOutputMessage } from '../llm-message.js';
import { asArray, asNumber, asString, field } from '../unknown-values.js';
import type { ContentReader } from './content-reader.js';
import { promptMessages, textPart } from './message-parts.js';

export const openAiCompletionsContent: ContentReader = {
  readRequest: (body) => ({ inputMessages: promptMessages(field(body, 'prompt')) }),
  readResponse(response) {
    const gatherer = gather();
    // A chunk is a completion of which the texts are parts.
    gatherer.add(response);
    return gatherer.messages();
  },
  gather,
};

function gather() {
  const choices = new Map<number, { text: string; finishReason: string | undefined }>();
  return {
    add(chunk: unknown): void {
      for (const choice of asArray(field(chunk, 'choices'))) {
        const index = asNumber(field(choice, 'index')) ?? 0;
        const { text, finishReason } = choices.get(index) ?? { text: '', finishReason: undefined };
        choices.set(index, {
          text: text + (asString(field(choice, 'text')) ?? ''),
          finishReason: finishReason ?? asString(field(choice, 'finish_reason')),
        });
      }
    },
    messages: (): readonly LlmOutputMessage[] =>
      [...choices.values()].map(({ text, finishReason }) => ({
        role: 'assistant',
        parts: [textPart(text)],
        finish_reason: finishReason,
      })),
  };
}
