/** Makes a call with each client that an application can import, by the name of the module that it is from. */
async function makeCalls(modules) {
  const messages = [{ role: 'user', content: 'hi' }];
  const openAiCall = async (Client, options = {}) => {
    const client = new Client({ apiKey: 'key', baseURL: process.env.FAKE_OPENAI, ...options });
    const answer = await client.chat.completions.create({ model: 'gpt-4o', messages });
    return answer.choices[0].message.content;
  };
  const anthropicCall = async (client, model = 'claude-opus-4-1') => {
    const answer = await client.messages.create({ model, max_tokens: 9, messages });
    return answer.content[0].text;
  };
  const authClient = {
    projectId: 'project',
    getRequestHeaders: async () => new Headers({ authorization: 'Bearer token' }),
  };
  const baseURL = new URL(process.env.FAKE_ANTHROPIC).origin;
  const keys = { awsAccessKey: 'access', awsSecretKey: 'secret', awsRegion: 'us-east-1' };
  const { AnthropicBedrock } = modules['@anthropic-ai/bedrock-sdk'];
  const { AnthropicVertex } = modules['@anthropic-ai/vertex-sdk'];
  const { Anthropic } = modules['@anthropic-ai/sdk/client'];
  class Mine extends AnthropicBedrock {}
  return {
    openAi: modules.openai.OpenAI === modules['openai/client'].OpenAI,
    azure: modules.openai.AzureOpenAI === modules['openai/azure'].AzureOpenAI,
    texts: [
      await openAiCall(modules['openai/client'].OpenAI),
      await openAiCall(modules['openai/azure'].AzureOpenAI, { apiVersion: '2024-10-21' }),
      await anthropicCall(new Anthropic({ apiKey: 'key', baseURL: process.env.FAKE_ANTHROPIC })),
      await anthropicCall(
        new AnthropicBedrock({ baseURL, ...keys }),
        'anthropic.claude-opus-4-1-20250805-v1:0',
      ),
      await anthropicCall(new Mine({ baseURL, ...keys }), 'anthropic.claude-opus-4-1-20250805-v1:0'),
      await anthropicCall(
        new AnthropicVertex({ baseURL, region: 'us-east5', projectId: 'project', authClient }),
        'claude-opus-4-1@20250805',
      ),
    ],
  };
}

module.exports = { makeCalls };
