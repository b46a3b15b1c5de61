import { expect } from 'chai';
import { chatRequest, collect, useClients } from './clients.js';

const toolCalls = [
  { name: 'get_weather', arguments: '{"city":"Paris"}' },
  { name: 'get_time', arguments: '{}' },
];

describe('fake provider: OpenAI chat completions', () => {
  const clients = useClients();

  it('answers the requested model, a text and its usage', async () => {
    const completion = await clients().openai.chat.completions.create(chatRequest);
    expect(completion.model).to.equal('gpt-4o');
    expect(completion.choices[0]?.message.content).to.equal('Hello from the fake provider.');
    expect(completion.choices[0]?.finish_reason).to.equal('stop');
    expect(completion.usage).to.include({ prompt_tokens: 20, completion_tokens: 8, total_tokens: 28 });
  });

  it('counts cached tokens as part of the prompt, and reasoning as part of the completion', async () => {
    const { provider, openai } = clients();
    provider.enqueue({ usage: { input: 1000, output: 300, cacheRead: 600, reasoning: 250 } });
    const { usage } = await openai.chat.completions.create(chatRequest);
    expect(usage).to.include({ prompt_tokens: 1000, completion_tokens: 300 });
    expect(usage?.prompt_tokens_details?.cached_tokens).to.equal(600);
    expect(usage?.completion_tokens_details?.reasoning_tokens).to.equal(250);
  });

  it('serves the model, service tier, stop reason and tool calls of the reply', async () => {
    const { provider, openai } = clients();
    provider.enqueue({ model: 'gpt-4o-2024-08-06', serviceTier: 'flex', toolCalls });
    const completion = await openai.chat.completions.create(chatRequest);
    expect(completion).to.include({ model: 'gpt-4o-2024-08-06', service_tier: 'flex' });
    const [choice] = completion.choices;
    expect(choice?.finish_reason).to.equal('tool_calls');
    expect(choice?.message.content).to.equal(null);
    expect(
      choice?.message.tool_calls?.map((call) => call.type === 'function' && call.function),
    ).to.deep.equal(toolCalls);
  });

  it('returns the log-probability of each piece of the text on request', async () => {
    const { provider, openai } = clients();
    provider.enqueue({ chunks: ['one ', 'two'] }, { chunks: ['one ', 'two'] });
    const [choice] = (await openai.chat.completions.create({ ...chatRequest, logprobs: true })).choices;
    expect(choice?.logprobs?.content?.map(({ token }) => token)).to.deep.equal(['one ', 'two']);
    const chunks = await collect(
      await openai.chat.completions.create({ ...chatRequest, logprobs: true, stream: true }),
    );
    const tokens = chunks.flatMap((chunk) => chunk.choices[0]?.logprobs?.content ?? []);
    expect(tokens.map(({ token }) => token)).to.deep.equal(['one ', 'two']);
  });

  it('streams the given chunks, without usage unless requested', async () => {
    const { provider, openai } = clients();
    provider.enqueue({ chunks: ['one ', 'two'] });
    const chunks = await collect(await openai.chat.completions.create({ ...chatRequest, stream: true }));
    expect(chunks.map((chunk) => chunk.choices[0]?.delta.content)).to.deep.equal([
      '',
      'one ',
      'two',
      undefined,
    ]);
    expect(chunks.at(-1)?.choices[0]?.finish_reason).to.equal('stop');
    expect(chunks.filter((chunk) => 'usage' in chunk)).to.deep.equal([]);
  });

  it('streams usage in a last chunk without choices on request', async () => {
    const chunks = await collect(
      await clients().openai.chat.completions.create({
        ...chatRequest,
        stream: true,
        stream_options: { include_usage: true },
      }),
    );
    const last = chunks.pop();
    expect(last?.choices).to.deep.equal([]);
    expect(last?.usage?.total_tokens).to.equal(28);
    expect(chunks.every((chunk) => chunk.usage === null)).to.equal(true);
  });

  it("streams what the client's helper reassembles, including tool calls", async () => {
    const { provider, openai } = clients();
    provider.enqueue({ text: 'Let me see.', toolCalls, usage: { input: 5, output: 7 } });
    const stream = openai.chat.completions.stream({
      ...chatRequest,
      stream_options: { include_usage: true },
    });
    const completion = await stream.finalChatCompletion();
    const message = completion.choices[0]?.message;
    expect(message?.content).to.equal('Let me see.');
    expect(message?.tool_calls?.map((call) => call.function.arguments)).to.deep.equal([
      '{"city":"Paris"}',
      '{}',
    ]);
    expect(completion.usage?.total_tokens).to.equal(12);
  });

  it('returns reasoning as DeepSeek and vLLM do', async () => {
    const { provider, openai } = clients();
    provider.enqueue({ reasoning: 'Well now', text: 'Hi' }, { reasoning: 'Well now', text: 'Hi' });
    const whole = await openai.chat.completions.create(chatRequest);
    expect(whole.choices[0]?.message).to.include({ reasoning_content: 'Well now', content: 'Hi' });
    const chunks = await collect(await openai.chat.completions.create({ ...chatRequest, stream: true }));
    const reasoning = chunks.flatMap(({ choices }) => Object.entries(choices[0]?.delta ?? {}));
    expect(reasoning.filter(([name]) => name === 'reasoning_content').map(([, text]) => text)).to.deep.equal([
      'Well ',
      'now',
    ]);
  });

  it('is available under the path of an OpenAI-compatible host', async () => {
    const { provider, openai } = clients();
    const groq = openai.withOptions({ baseURL: `${provider.url}/openai/v1` });
    expect((await groq.chat.completions.create(chatRequest)).object).to.equal('chat.completion');
  });
});
