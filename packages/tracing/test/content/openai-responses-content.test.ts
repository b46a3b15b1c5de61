import { expect } from 'chai';
import { openAiResponsesContent } from '../../src/content/openai-responses-content.js';

describe('openAiResponsesContent', () => {
  it('reads each item of the input as a message, with the role of who wrote it', () => {
    const input = [
      { role: 'developer', content: 'be brief' },
      { type: 'message', role: 'assistant', content: [{ type: 'refusal', refusal: 'no' }] },
      { type: 'function_call', call_id: 'call_1', name: 'grep', arguments: '{"q":"a"}' },
      { type: 'function_call_output', call_id: 'call_1', output: 'found' },
      { type: 'web_search_call', id: 'ws_1' },
    ];
    expect(openAiResponsesContent.readRequest({ input }).inputMessages).to.deep.equal([
      { role: 'developer', parts: [{ type: 'text', content: 'be brief' }] },
      { role: 'assistant', parts: [{ type: 'text', content: 'no' }] },
      {
        role: 'assistant',
        parts: [{ type: 'tool_call', id: 'call_1', name: 'grep', arguments: { q: 'a' } }],
      },
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'call_1', response: 'found' }] },
      { role: 'assistant', parts: [{ type: 'web_search_call' }] },
    ]);
  });
});
