/** Calls of models through LangChain, with our handler: plain, streamed, of another API, retried, failed, in a chain, in parallel. */
async function makeCalls({ ChatAnthropic, ChatOpenAI, LlmTracingCallbackHandler, RunnableMap }) {
  const callbacks = [new LlmTracingCallbackHandler()];
  const openAi = (options = {}) =>
    new ChatOpenAI({
      model: 'gpt-4o',
      apiKey: 'key',
      maxRetries: 1,
      configuration: { baseURL: process.env.FAKE_OPENAI },
      ...options,
    });
  const anthropic = new ChatAnthropic({
    model: 'claude-opus-4-1',
    apiKey: 'key',
    anthropicApiUrl: new URL(process.env.FAKE_ANTHROPIC).origin,
  });
  const texts = [];
  for (const model of [openAi(), openAi({ useResponsesApi: true }), anthropic]) {
    texts.push((await model.invoke('CANARY-PROMPT', { callbacks })).text);
    let streamed = '';
    for await (const chunk of await model.stream('CANARY-PROMPT', { callbacks })) streamed += chunk.text;
    texts.push(streamed);
  }
  const failure = await openAi()
    .invoke('CANARY-PROMPT', { callbacks })
    .catch((error) => error.constructor.name);
  texts.push((await openAi().invoke('CANARY-PROMPT', { callbacks })).text);
  const both = RunnableMap.from({ left: openAi(), right: anthropic });
  const { left, right } = await both.invoke('CANARY-PROMPT', { callbacks });
  return { failure, texts: [...texts, left.text, right.text] };
}

module.exports = { makeCalls };
