import type { LlmOutputMessage } from '../llm-message.js';
import { asArray, asString, field } from '../unknown-values.js';
import type { ContentReader } from './content-reader.js';
import { itemParts, partsOf, textPart } from './message-parts.js';

export const openAiResponsesContent: ContentReader = {
  readRequest(body) {
    const input = field(body, 'input');
    return {
      inputMessages:
        typeof input === 'string'
          ? [{ role: 'user', parts: [textPart(input)] }]
          : asArray(input).map((item) => ({ role: roleOf(item), parts: itemParts(item) })),
      systemInstructions: partsOf(field(body, 'instructions')),
    };
  },
  readResponse: readResponsesOutput,
  gather() {
    let whole: readonly LlmOutputMessage[] | undefined;
    let text = '';
    return {
      add(event) {
        const type = field(event, 'type');
        if (type === 'response.output_text.delta') text += asString(field(event, 'delta')) ?? '';
        else if (
          type === 'response.completed' ||
          type === 'response.incomplete' ||
          type === 'response.failed'
        )
          whole = readResponsesOutput(field(event, 'response'));
      },
      messages: () => whole ?? [{ role: 'assistant', parts: [textPart(text)] }],
    };
  },
};

/** One choice, of as many parts as there are items. */
export function readResponsesOutput(response: unknown): readonly LlmOutputMessage[] {
  return [
    {
      role: 'assistant',
      parts: asArray(field(response, 'output')).flatMap(itemParts),
      finish_reason: asString(field(response, 'status')),
    },
  ];
}

function roleOf(item: unknown): string {
  const role = asString(field(item, 'role'));
  if (role !== undefined) return role;
  return String(field(item, 'type')).endsWith('_output') ? 'tool' : 'assistant';
}
