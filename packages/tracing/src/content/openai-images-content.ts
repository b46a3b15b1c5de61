import type { LlmMessagePart, LlmOutputMessage } from '../llm-message.js';
import { asArray, field } from '../unknown-values.js';
import type { ContentReader } from './content-reader.js';
import { partsOf } from './message-parts.js';

const imagePart: LlmMessagePart = { type: 'image' };

/** The texts around images, which are themselves named and not quoted. */
export const openAiImagesContent: ContentReader = {
  readRequest(body) {
    const given = field(body, 'image');
    const images = given === undefined ? [] : Array.isArray(given) ? given : [given];
    const parts = [...partsOf(field(body, 'prompt')), ...images.map(() => imagePart)];
    return { inputMessages: [{ role: 'user', parts }] };
  },
  readResponse: (response) => [
    outputMessage(
      asArray(field(response, 'data')).flatMap((image) => [
        // What DALL·E 3 made of the prompt.
        ...partsOf(field(image, 'revised_prompt')),
        imagePart,
      ]),
    ),
  ],
  gather() {
    const parts: LlmMessagePart[] = [];
    return {
      add(event) {
        // Images that are partial are not what was asked for.
        if (String(field(event, 'type')).endsWith('.completed')) parts.push(imagePart);
      },
      messages: () => [outputMessage(parts)],
    };
  },
};

function outputMessage(parts: readonly LlmMessagePart[]): LlmOutputMessage {
  return { role: 'assistant', parts };
}
