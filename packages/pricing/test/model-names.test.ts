import { expect } from 'chai';
import { readingsOf } from '../src/model-names.js';

describe('readingsOf', () => {
  it('begins with the literal reading', () => {
    expect([...readingsOf('OpenRouter', 'openai/GPT-4o')][0]).to.deep.equal({
      provider: 'openrouter',
      model: 'openai/gpt-4o',
    });
  });

  it('leaves the seller open if the provider is missing or a gateway, before it tries makers', () => {
    const open = 'undefined openai anthropic google mistral cohere perplexity deepseek x-ai'.split(' ');
    expect([...readingsOf('', 'gpt-4o')].map(({ provider }) => String(provider))).to.deep.equal(open);
    expect([...readingsOf('litellm', 'gpt-4o')].map(({ provider }) => String(provider))).to.deep.equal(open);
  });

  it('ends for any name', () => {
    expect([...readingsOf('', 'vercel/'.repeat(70))]).to.have.length.at.most(10);
  });
});
