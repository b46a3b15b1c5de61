/** A call, one that is parsed and a stream of each of the classes that a module gives. */
async function makeOpenAiCalls(classes) {
  const input = [{ role: 'user', content: 'CANARY-PROMPT' }];
  const texts = [];
  for (const Client of classes) {
    const openai = new Client({ apiKey: 'key', baseURL: process.env.FAKE_OPENAI });
    const plain = await openai.chat.completions.create({ model: 'plain', messages: input });
    const parsed = await openai.responses.parse({ model: 'parsed', input });
    const streamed = await openai.responses.stream({ model: 'streamed', input }).finalResponse();
    texts.push(plain.choices[0].message.content, parsed.output_text, streamed.output_text);
  }
  return texts;
}

module.exports = { makeOpenAiCalls };
