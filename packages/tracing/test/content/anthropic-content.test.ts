import { expect } from 'chai';
import { anthropicContent } from '../../src/content/anthropic-content.js';

describe('anthropicContent', () => {
  it('reads thinking, tool calls and other blocks, streamed or not', () => {
    const content = [
      { type: 'thinking', thinking: 'because', signature: 's' },
      { type: 'tool_use', id: 'toolu_1', name: 'grep', input: { q: 'a' } },
      { type: 'redacted_thinking', data: 'd' },
    ];
    const gatherer = anthropicContent.gather?.();
    const start = (index: number, content_block: object) =>
      gatherer?.add({ type: 'content_block_start', index, content_block });
    const delta = (index: number, text: object) =>
      gatherer?.add({ type: 'content_block_delta', index, delta: text });
    start(0, { type: 'thinking', thinking: '' });
    for (const thinking of ['be', 'cause']) delta(0, { type: 'thinking_delta', thinking });
    start(1, { type: 'tool_use', id: 'toolu_1', name: 'grep', input: {} });
    for (const partial_json of ['{"q":', '"a"}']) delta(1, { type: 'input_json_delta', partial_json });
    start(2, { type: 'redacted_thinking', data: 'd' });
    gatherer?.add({ type: 'message_delta', delta: { stop_reason: 'tool_use' } });

    const message = {
      role: 'assistant',
      parts: [
        { type: 'reasoning', content: 'because' },
        { type: 'tool_call', id: 'toolu_1', name: 'grep', arguments: { q: 'a' } },
        { type: 'redacted_thinking' },
      ],
      finish_reason: 'tool_use',
    };
    expect(anthropicContent.readResponse?.({ content, stop_reason: 'tool_use' })).to.deep.equal([message]);
    expect(gatherer?.messages()).to.deep.equal([message]);
  });

  it('reads the result of a tool as the response of its call', () => {
    const content = [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'found' }];
    expect(
      anthropicContent.readRequest({ messages: [{ role: 'user', content }] }).inputMessages,
    ).to.deep.equal([
      { role: 'user', parts: [{ type: 'tool_call_response', id: 'toolu_1', response: 'found' }] },
    ]);
  });
});
