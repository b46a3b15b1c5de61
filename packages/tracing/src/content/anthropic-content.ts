import type { LlmMessagePart, LlmOutputMessage } from '../llm-message.js';
import { asArray, asNumber, asString, field } from '../unknown-values.js';
import type { ContentReader } from './content-reader.js';
import { messageOf, partOf, partsOf } from './message-parts.js';

export const anthropicContent: ContentReader = {
  readRequest: (body) => ({
    inputMessages: asArray(field(body, 'messages')).map(messageOf),
    systemInstructions: partsOf(field(body, 'system')),
  }),
  readResponse: (message) => [
    outputMessage(partsOf(field(message, 'content')), field(message, 'stop_reason')),
  ],
  gather() {
    const blocks = new Map<number, { block: unknown; text: string }>();
    let stopReason: unknown;
    return {
      add(event) {
        const index = asNumber(field(event, 'index')) ?? 0;
        switch (field(event, 'type')) {
          case 'content_block_start':
            blocks.set(index, { block: field(event, 'content_block'), text: '' });
            break;
          case 'content_block_delta': {
            const block = blocks.get(index);
            if (block !== undefined) block.text += deltaText(field(event, 'delta'));
            break;
          }
          case 'message_delta':
            stopReason = field(field(event, 'delta'), 'stop_reason');
            break;
        }
      },
      messages: () => [outputMessage([...blocks.values()].map(streamedPart), stopReason)],
    };
  },
};

function outputMessage(parts: LlmOutputMessage['parts'], stopReason: unknown): LlmOutputMessage {
  return { role: 'assistant', parts, finish_reason: asString(stopReason) };
}

function deltaText(delta: unknown): string {
  const text = field(delta, 'text') ?? field(delta, 'thinking') ?? field(delta, 'partial_json');
  return asString(text) ?? '';
}

/** The text that came in pieces is that of the block, its thoughts, or the JSON of its input. */
function streamedPart({ block, text }: { readonly block: unknown; readonly text: string }): LlmMessagePart {
  return partOf({ ...Object(block), text, thinking: text, input: text });
}
