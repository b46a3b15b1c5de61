/** A call, a stream and a failure of OpenAI's client, and a call of Anthropic's. */
async function makeCalls(OpenAI, Anthropic) {
  const openai = new OpenAI({ apiKey: 'key', baseURL: process.env.FAKE_OPENAI, maxRetries: 0 });
  const anthropic = new Anthropic({ apiKey: 'key', baseURL: process.env.FAKE_ANTHROPIC });
  const messages = [{ role: 'user', content: 'CANARY-PROMPT' }];

  const answer = await openai.chat.completions.create({ model: 'gpt-4o', messages });
  let streamed = '';
  const stream = await openai.chat.completions.create({
    model: 'gpt-4o',
    messages,
    stream: true,
    stream_options: process.env.WITHOUT_USAGE ? undefined : { include_usage: true },
  });
  for await (const chunk of stream) streamed += chunk.choices[0]?.delta.content ?? '';
  const message = await anthropic.messages.create({ model: 'claude-opus-4-1', max_tokens: 50, messages });
  const failure = await openai.chat.completions.create({ model: 'fails', messages }).catch((error) => error);
  return {
    answer: answer.choices[0].message.content,
    streamed,
    message: message.content[0].text,
    failure: failure.constructor.name,
  };
}

module.exports = { makeCalls };
