import { expect } from 'chai';
import { collect, responsesRequest, useClients } from './clients.js';

describe('fake provider: OpenAI responses', () => {
  const clients = useClients();

  it('answers a text and its usage', async () => {
    const { provider, openai } = clients();
    provider.enqueue({ text: 'Hi.', usage: { input: 100, output: 50, cacheRead: 60, reasoning: 40 } });
    const response = await openai.responses.create(responsesRequest);
    expect(response).to.include({ status: 'completed', model: 'gpt-4o', output_text: 'Hi.' });
    expect(response.usage).to.deep.equal({
      input_tokens: 100,
      input_tokens_details: { cached_tokens: 60, cache_write_tokens: 0 },
      output_tokens: 50,
      output_tokens_details: { reasoning_tokens: 40 },
      total_tokens: 150,
    });
  });

  it('answers reasoning, text and tool calls as items', async () => {
    const { provider, openai } = clients();
    provider.enqueue({ reasoning: 'Hm.', text: 'Hi.', toolCalls: [{ name: 'f', arguments: '{"a":1}' }] });
    const { output } = await openai.responses.create(responsesRequest);
    expect(output.map((item) => item.type)).to.deep.equal(['reasoning', 'message', 'function_call']);
    expect(output[2]).to.include({ name: 'f', arguments: '{"a":1}' });
  });

  it('is incomplete if the stop reason says so', async () => {
    const { provider, openai } = clients();
    provider.enqueue({ stopReason: 'max_output_tokens' }, { stopReason: 'max_output_tokens' });
    const response = await openai.responses.create(responsesRequest);
    expect(response.status).to.equal('incomplete');
    expect(response.incomplete_details).to.deep.equal({ reason: 'max_output_tokens' });
    const events = await collect(await openai.responses.create({ ...responsesRequest, stream: true }));
    expect(events.at(-1)?.type).to.equal('response.incomplete');
  });

  it('streams the events of a text in order, numbered, with usage in the last', async () => {
    const { provider, openai } = clients();
    provider.enqueue({ chunks: ['Hel', 'lo'] });
    const events = await collect(await openai.responses.create({ ...responsesRequest, stream: true }));
    expect(events.map((event) => event.type)).to.deep.equal([
      'response.created',
      'response.in_progress',
      'response.output_item.added',
      'response.content_part.added',
      'response.output_text.delta',
      'response.output_text.delta',
      'response.output_text.done',
      'response.content_part.done',
      'response.output_item.done',
      'response.completed',
    ]);
    expect(events.map((event) => event.sequence_number)).to.deep.equal([...events.keys()]);
    const [created] = events;
    expect(created?.type === 'response.created' && created.response.usage).to.equal(undefined);
    const last = events.at(-1);
    expect(last?.type === 'response.completed' && last.response.usage?.total_tokens).to.equal(28);
  });

  it("streams what the client's helper reassembles, including reasoning and tool calls", async () => {
    const { provider, openai } = clients();
    const reply = {
      reasoning: 'Well now',
      text: 'Hi there',
      toolCalls: [{ name: 'f', arguments: '{"a":1}' }],
    };
    provider.enqueue(reply);
    const deltas: string[] = [];
    const stream = openai.responses.stream(responsesRequest);
    stream.on('response.output_text.delta', ({ delta }) => deltas.push(delta));
    const response = await stream.finalResponse();
    expect(deltas).to.deep.equal(['Hi ', 'there']);
    expect(response.output_text).to.equal('Hi there');
    expect(response.output.at(-1)).to.include({ name: 'f', arguments: '{"a":1}' });
  });
});
