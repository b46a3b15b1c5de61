import { expect } from 'chai';
import { useClients } from './clients.js';

describe('fake provider: OpenAI embeddings', () => {
  const clients = useClients();

  it('answers one vector for each input, as base64 and as numbers', async () => {
    const { provider, openai } = clients();
    const request = { model: 'text-embedding-3-small', input: ['a', 'b'], dimensions: 4 };
    const vectors = [
      [1, 0, 0, 0],
      [0, 1, 0, 0],
    ];
    const decoded = await openai.embeddings.create(request);
    expect(provider.requests[0]?.body).to.include({ encoding_format: 'base64' });
    expect(decoded.data.map(({ embedding }) => [...embedding])).to.deep.equal(vectors);
    const plain = await openai.embeddings.create({ ...request, encoding_format: 'float' });
    expect(plain.data.map(({ embedding }) => embedding)).to.deep.equal(vectors);
  });

  it('reports the tokens of the input only', async () => {
    const { provider, openai } = clients();
    provider.enqueue({ usage: { input: 7 } });
    const { usage, model } = await openai.embeddings.create({ model: 'text-embedding-3-small', input: 'a' });
    expect(model).to.equal('text-embedding-3-small');
    expect(usage).to.deep.equal({ prompt_tokens: 7, total_tokens: 7 });
  });
});
