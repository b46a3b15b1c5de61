import { GoogleGenAI } from '@google/genai';
import { expect } from 'chai';
import { collect, rejection, useClients } from './clients.js';

const usage = { input: 1200, output: 500, cacheRead: 1000, reasoning: 300 };
const request = { model: 'gemini-2.5-flash', contents: 'Say hello.' };

describe('fake provider: Gemini', () => {
  const clients = useClients();
  const gemini = () =>
    new GoogleGenAI({ apiKey: 'test', httpOptions: { baseUrl: clients().provider.url } }).models;

  it('leaves the thoughts out of the candidates, and cached tokens in the prompt', async () => {
    clients().provider.enqueue({ text: 'Hi.', reasoning: 'Hm.', usage });
    const response = await gemini().generateContent(request);
    expect(response.text).to.equal('Hi.');
    expect(response.modelVersion).to.equal('gemini-2.5-flash');
    expect(response.usageMetadata).to.deep.equal({
      promptTokenCount: 1200,
      candidatesTokenCount: 200,
      totalTokenCount: 1700,
      cachedContentTokenCount: 1000,
      thoughtsTokenCount: 300,
    });
  });

  it('streams thoughts, text and calls of tools; the last chunk has the finish reason and all counts', async () => {
    const toolCalls = [{ name: 'f', arguments: '{"a":1}' }];
    clients().provider.enqueue({ reasoning: 'Hm.', chunks: ['Hel', 'lo'], toolCalls, usage });
    const chunks = await collect(await gemini().generateContentStream(request));
    expect(chunks.map((chunk) => chunk.candidates?.[0]?.content?.parts)).to.deep.equal([
      [{ text: 'Hm.', thought: true }],
      [{ text: 'Hel' }],
      [{ text: 'lo' }],
      [{ functionCall: { name: 'f', args: { a: 1 } } }],
    ]);
    expect(chunks.map((chunk) => chunk.candidates?.[0]?.finishReason)).to.deep.equal([
      undefined,
      undefined,
      undefined,
      'STOP',
    ]);
    expect(chunks.map((chunk) => chunk.usageMetadata?.candidatesTokenCount).at(-2)).to.equal(undefined);
    expect(chunks.at(-1)?.usageMetadata?.candidatesTokenCount).to.equal(200);
  });

  it("words errors as Google's API does", async () => {
    clients().provider.enqueue({ error: { status: 429, message: 'Quota exceeded.' } });
    const error = await rejection(gemini().generateContent(request));
    expect(error).to.include({ name: 'ApiError', status: 429 });
    expect(String(error)).to.contain('RESOURCE_EXHAUSTED').and.contain('Quota exceeded.');
  });
});
