import type { LlmMessagePart } from '../llm-message.js';
import { field } from '../unknown-values.js';
import type { ContentReader } from './content-reader.js';
import { textPart } from './message-parts.js';
import { openAiResponsesContent } from './openai-responses-content.js';

/** Its input is that of responses; questions and answers are recorded as JSON. */
export const openAiDecisionsContent: ContentReader = {
  readRequest: (body) => ({
    inputMessages: [
      ...openAiResponsesContent.readRequest(body).inputMessages,
      { role: 'user', parts: [jsonPart(field(body, 'questions'))] },
    ],
  }),
  readResponse: (response) => [{ role: 'assistant', parts: [jsonPart(field(response, 'answers'))] }],
};

function jsonPart(value: unknown): LlmMessagePart {
  return textPart(JSON.stringify(value ?? null));
}
