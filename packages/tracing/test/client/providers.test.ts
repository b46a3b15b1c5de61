import { expect } from 'chai';
import sinon from 'sinon';
import { namedProvider, providerOfBaseUrl, serverOfBaseUrl } from '../../src/client/providers.js';

describe('providerOfBaseUrl', () => {
  const cases: Record<string, string | undefined> = {
    'https://api.openai.com/v1': 'openai',
    'https://api.anthropic.com': 'anthropic',
    'https://my-resource.openai.azure.com/openai': 'azure',
    'https://my-resource.services.ai.azure.com/anthropic': 'azure',
    'https://my-resource.azure.anthropic.com/anthropic/': 'azure',
    'https://my-resource.cognitiveservices.azure.com/openai': 'azure',
    'https://bedrock-runtime.us-east-1.amazonaws.com': 'aws',
    'https://bedrock-mantle.us-east-1.api.aws/openai/v1': 'aws',
    'https://aws-external-anthropic.us-east-1.api.aws': 'anthropic',
    'https://us-east5-aiplatform.googleapis.com/v1': 'google',
    'https://generativelanguage.googleapis.com/v1beta/openai/': 'google',
    'https://api.x.ai/v1': 'xai',
    'https://api.groq.com/openai/v1': 'groq',
    'https://api.mistral.ai/v1': 'mistral',
    'https://api.deepseek.com': 'deepseek',
    'https://api.together.xyz/v1': 'together',
    'https://api.together.ai/v1': 'together',
    'https://openrouter.ai/api/v1': 'openrouter',
    'https://api.fireworks.ai/inference/v1': 'fireworks',
    'https://api.perplexity.ai': 'perplexity',
    'https://api.cerebras.ai/v1': 'cerebras',
    'https://api.cohere.ai/compatibility/v1': 'cohere',
    'https://api.cohere.com/compatibility/v1': 'cohere',
    'https://api.moonshot.ai/v1': 'moonshotai',
    'https://api.moonshot.cn/v1': 'moonshotai',
    'https://api.minimax.io/v1': 'minimax',
    'https://api.minimaxi.com/v1': 'minimax',
    'https://api.z.ai/api/paas/v4/': 'zai',
    'https://open.bigmodel.cn/api/paas/v4': 'zhipuai',
    'https://api.novita.ai/openai': 'novita',
    'https://inference.baseten.co/v1': 'baseten',
    'https://ollama.com/v1': 'ollama',
    'http://127.0.0.1:11434/v1': 'ollama',
    'http://gpu-box:11434/v1': 'ollama',
    'http://127.0.0.1:8000/v1': undefined,
    'https://not-api.x.ai.example.com/v1': undefined,
    'no URL': undefined,
  };
  for (const [url, provider] of Object.entries(cases))
    it(`is ${provider} for ${url}`, () => expect(providerOfBaseUrl(url)).to.equal(provider));

  it('reads the server and its port', () => {
    expect(serverOfBaseUrl('https://api.openai.com/v1')).to.deep.equal({
      address: 'api.openai.com',
      port: 443,
    });
    expect(serverOfBaseUrl('http://localhost/v1')).to.deep.equal({ address: 'localhost', port: 80 });
    expect(serverOfBaseUrl('http://localhost:8000')).to.deep.equal({ address: 'localhost', port: 8000 });
    expect(serverOfBaseUrl('no URL')).to.equal(undefined);
  });

  it('is undefined for what is not a string', () => expect(providerOfBaseUrl(null)).to.equal(undefined));

  describe('namedProvider', () => {
    const named = {
      'Gateway.corp': 'azure',
      'localhost:8000': 'vllm',
      'proxy.corp:443': 'bedrock',
      '[::1]:80': 'tgi',
      '.example.com': 'acme',
      'api.openai.com': 'relay',
    };
    const hosts = {
      'https://gateway.corp/v1': 'azure',
      'http://localhost:8000/v1': 'vllm',
      'http://localhost:8001/v1': undefined,
      'https://proxy.corp/v1': 'bedrock',
      'http://proxy.corp/v1': undefined,
      'http://[::1]/v1': 'tgi',
      'https://eu.example.com': 'acme',
      'https://example.com': undefined,
      'https://api.openai.com/v1': 'relay',
      'no URL': undefined,
    };
    for (const [url, provider] of Object.entries(hosts))
      it(`is ${provider} for ${url}`, () => expect(namedProvider(url, named)).to.equal(provider));
  });

  it('works where a DOM has replaced the class URL', () => {
    const canParse = sinon.stub(URL, 'canParse').value(undefined);
    try {
      expect(providerOfBaseUrl('https://api.groq.com/openai/v1')).to.equal('groq');
      expect(providerOfBaseUrl('no URL')).to.equal(undefined);
    } finally {
      canParse.restore();
    }
  });
});
