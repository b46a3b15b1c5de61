import type { LlmMessagePart, LlmOutputMessage } from '../llm-message.js';
import { asString, field } from '../unknown-values.js';
import type { ContentReader } from './content-reader.js';
import { partsOf, promptMessages, textPart } from './message-parts.js';

/** Audio is named and not quoted. */
const audioPart: LlmMessagePart = { type: 'audio' };

/** The prompt that may go with the audio, and what was heard. */
export const openAiTranscriptionsContent: ContentReader = {
  readRequest: (body) => ({
    inputMessages: [{ role: 'user', parts: [...partsOf(field(body, 'prompt')), audioPart] }],
  }),
  // Formats such as `srt` are a text and nothing else.
  readResponse: (response) => [heard(typeof response === 'string' ? response : field(response, 'text'))],
  gather() {
    let text = '';
    return {
      add(event) {
        const type = field(event, 'type');
        if (type === 'transcript.text.delta') text += asString(field(event, 'delta')) ?? '';
        else if (type === 'transcript.text.done') text = asString(field(event, 'text')) ?? text;
      },
      messages: () => [heard(text)],
    };
  },
};

/** The text to be spoken, and how. */
export const openAiSpeechContent: ContentReader = {
  readRequest: (body) => ({
    inputMessages: promptMessages(field(body, 'input')),
    systemInstructions: partsOf(field(body, 'instructions')),
  }),
  readResponse: () => [{ role: 'assistant', parts: [audioPart] }],
};

function heard(text: unknown): LlmOutputMessage {
  return { role: 'assistant', parts: [textPart(asString(text) ?? '')] };
}
