import { expect } from 'chai';
import { itemParts, partsOf } from '../../src/content/message-parts.js';
import { openAiChatContent } from '../../src/content/openai-chat-content.js';

describe('message parts', () => {
  it('contain the input of a custom tool, which is not JSON, streamed or not', () => {
    const call = { type: 'tool_call', id: 'call_1', name: 'grep', arguments: 'a|b' };
    const custom = { name: 'grep', input: 'a|b' };
    const [answer] =
      openAiChatContent.readResponse?.({
        choices: [{ message: { content: null, tool_calls: [{ id: 'call_1', type: 'custom', custom }] } }],
      }) ?? [];
    expect(answer?.parts).to.deep.equal([call]);

    const gatherer = openAiChatContent.gather?.();
    for (const tool of [
      { id: 'call_1', type: 'custom', custom: { name: 'grep', input: 'a' } },
      { custom: { input: '|b' } },
    ])
      gatherer?.add({ choices: [{ index: 0, delta: { tool_calls: [{ index: 0, ...tool }] } }] });
    expect(gatherer?.messages()[0]?.parts).to.deep.equal([call]);
  });

  it("contain a custom tool's input and output in the items of the responses API", () => {
    expect(
      itemParts({ type: 'custom_tool_call', call_id: 'call_1', name: 'grep', input: 'a|b' }),
    ).to.deep.equal([{ type: 'tool_call', id: 'call_1', name: 'grep', arguments: 'a|b' }]);
    expect(itemParts({ type: 'custom_tool_call_output', call_id: 'call_1', output: 'found' })).to.deep.equal([
      { type: 'tool_call_response', id: 'call_1', response: 'found' },
    ]);
  });

  it('contain the reasoning of open models, and that of LangChain', () => {
    const reasoning = [{ type: 'reasoning', content: 'because' }];
    const content = [{ type: 'reasoning_text', text: 'because' }];
    expect(itemParts({ type: 'reasoning', summary: [], content })).to.deep.equal(reasoning);
    expect(partsOf([{ type: 'reasoning', reasoning: 'because' }])).to.deep.equal(reasoning);
  });
});
