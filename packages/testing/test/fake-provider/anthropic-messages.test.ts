import { expect } from 'chai';
import { collect, messagesRequest, useClients } from './clients.js';

const usage = { input: 1000, output: 50, cacheRead: 600, cacheWrite: 300, cacheWrite1h: 100, reasoning: 20 };

describe('fake provider: Anthropic messages', () => {
  const clients = useClients();

  it('answers the requested model, a text and its usage', async () => {
    const message = await clients().anthropic.messages.create(messagesRequest);
    expect(message).to.include({ type: 'message', model: 'claude-sonnet-5', stop_reason: 'end_turn' });
    expect(message.content).to.deep.equal([{ type: 'text', text: 'Hello from the fake provider.' }]);
    expect(message.usage).to.include({ input_tokens: 20, output_tokens: 8, cache_read_input_tokens: 0 });
  });

  it('leaves cached tokens out of the input tokens', async () => {
    const { provider, anthropic } = clients();
    provider.enqueue({ usage });
    const message = await anthropic.messages.create(messagesRequest);
    expect(message.usage).to.deep.include({
      input_tokens: 100,
      output_tokens: 50,
      cache_read_input_tokens: 600,
      cache_creation_input_tokens: 300,
      cache_creation: { ephemeral_5m_input_tokens: 200, ephemeral_1h_input_tokens: 100 },
      output_tokens_details: { thinking_tokens: 20 },
    });
  });

  it('answers thinking, text and tool use as blocks', async () => {
    const { provider, anthropic } = clients();
    provider.enqueue({ reasoning: 'Hm.', text: 'Hi.', toolCalls: [{ name: 'f', arguments: '{"a":1}' }] });
    const { content, stop_reason } = await anthropic.messages.create(messagesRequest);
    expect(stop_reason).to.equal('tool_use');
    expect(content.map((block) => block.type)).to.deep.equal(['thinking', 'text', 'tool_use']);
    expect(content[2]).to.deep.include({ name: 'f', input: { a: 1 } });
  });

  it('streams the events of a text in order: input tokens first, output tokens last', async () => {
    const { provider, anthropic } = clients();
    provider.enqueue({ chunks: ['Hel', 'lo'], usage });
    const events = await collect(await anthropic.messages.create({ ...messagesRequest, stream: true }));
    expect(events.map((event) => event.type)).to.deep.equal([
      'message_start',
      'content_block_start',
      'content_block_delta',
      'content_block_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ]);
    const [start] = events;
    expect(start?.type === 'message_start' && start.message.usage).to.include({
      input_tokens: 100,
      output_tokens: 1,
      cache_read_input_tokens: 600,
    });
    const delta = events.at(-2);
    expect(delta?.type === 'message_delta' && delta.usage.output_tokens).to.equal(50);
    expect(delta?.type === 'message_delta' && delta.delta.stop_reason).to.equal('end_turn');
  });

  it("streams what the client's helper reassembles into the same message as without streaming", async () => {
    const { provider, anthropic } = clients();
    const reply = {
      reasoning: 'Well now',
      text: 'Hi there',
      toolCalls: [{ name: 'f', arguments: '{"city":"Paris"}' }],
      usage,
    };
    provider.enqueue(reply, reply);
    const plain = await anthropic.messages.create(messagesRequest);
    const streamed = await anthropic.messages.stream(messagesRequest).finalMessage();
    expect(streamed.usage).to.deep.equal(plain.usage);
    expect(streamed.content.map(withoutId)).to.deep.equal(plain.content.map(withoutId));
  });

  it('answers the beta API', async () => {
    const message = await clients().anthropic.beta.messages.create(messagesRequest);
    expect(message.type).to.equal('message');
  });
});

function withoutId(block: object): object {
  return { ...block, id: undefined };
}
