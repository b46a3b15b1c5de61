import type { LlmMessagePart, LlmOutputMessage } from '../llm-message.js';
import { asArray, asNumber, asString, field } from '../unknown-values.js';
import type { ContentReader } from './content-reader.js';
import { messageOf, reasoningPart, textPart, toolCallPart } from './message-parts.js';

export const openAiChatContent: ContentReader = {
  readRequest: (body) => ({ inputMessages: asArray(field(body, 'messages')).map(messageOf) }),
  readResponse: (response) =>
    asArray(field(response, 'choices')).map((choice) => ({
      ...messageOf(field(choice, 'message')),
      finish_reason: asString(field(choice, 'finish_reason')),
    })),
  gather() {
    const choices = new Map<number, StreamedChoice>();
    return {
      add(chunk) {
        for (const choice of asArray(field(chunk, 'choices'))) {
          const index = asNumber(field(choice, 'index')) ?? 0;
          const streamed = choices.get(index) ?? new StreamedChoice();
          choices.set(index, streamed);
          streamed.add(choice);
        }
      },
      messages: () => [...choices.values()].map((choice) => choice.message()),
    };
  },
};

class StreamedChoice {
  #text = '';
  #reasoning = '';
  #finishReason: string | undefined;
  readonly #calls = new Map<number, { id: unknown; name: unknown; json: string }>();

  add(choice: unknown): void {
    const delta = field(choice, 'delta');
    this.#finishReason ??= asString(field(choice, 'finish_reason'));
    this.#text += asString(field(delta, 'content')) ?? asString(field(delta, 'refusal')) ?? '';
    this.#reasoning += asString(field(delta, 'reasoning_content') ?? field(delta, 'reasoning')) ?? '';
    for (const call of asArray(field(delta, 'tool_calls'))) {
      const index = asNumber(field(call, 'index')) ?? 0;
      const fn = field(call, 'function') ?? field(call, 'custom');
      const known = this.#calls.get(index) ?? { id: field(call, 'id'), name: field(fn, 'name'), json: '' };
      this.#calls.set(index, known);
      known.json += asString(field(fn, 'arguments') ?? field(fn, 'input')) ?? '';
    }
  }

  message(): LlmOutputMessage {
    const parts: LlmMessagePart[] = [];
    if (this.#reasoning !== '') parts.push(reasoningPart(this.#reasoning));
    if (this.#text !== '') parts.push(textPart(this.#text));
    for (const { id, name, json } of this.#calls.values()) parts.push(toolCallPart(id, name, json));
    return { role: 'assistant', parts, finish_reason: this.#finishReason };
  }
}
