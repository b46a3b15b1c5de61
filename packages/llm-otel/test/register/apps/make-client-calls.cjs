/** Makes a call with each client that an application can import, by the name of the module that it is from. */
async function makeCalls(modules) {
  const openAiBaseUrl = process.env.FAKE_OPENAI;
  const { origin } = new URL(process.env.FAKE_ANTHROPIC);
  const awsKeys = { awsAccessKey: 'access', awsSecretKey: 'secret', awsRegion: 'us-east-1' };
  const authClient = {
    projectId: 'project',
    getRequestHeaders: async () => new Headers({ authorization: 'Bearer token' }),
  };
  const { AzureOpenAI, BedrockOpenAI, OpenAI } = modules.openai;
  const { AnthropicBedrock, AnthropicBedrockMantle } = modules['@anthropic-ai/bedrock-sdk'];
  const { AnthropicAws } = modules['@anthropic-ai/aws-sdk'];
  const { AnthropicFoundry } = modules['@anthropic-ai/foundry-sdk'];
  const { AnthropicVertex } = modules['@anthropic-ai/vertex-sdk'];
  const { Anthropic } = modules['@anthropic-ai/sdk/client'];
  const { bedrock } = modules['openai/providers/bedrock'];
  class Mine extends AnthropicBedrock {}
  const apiKey = 'key';
  const apiVersion = '2024-10-21';

  // Names are those of the models, by which the test tells the spans apart.
  const openAiClients = {
    client: new modules['openai/client'].OpenAI({ apiKey, baseURL: openAiBaseUrl }),
    azure: new AzureOpenAI({ apiKey, apiVersion, endpoint: origin }),
    'azure-submodule': new modules['openai/azure'].AzureOpenAI({
      apiKey,
      apiVersion,
      baseURL: openAiBaseUrl,
    }),
    bedrock: new BedrockOpenAI({ apiKey, baseURL: openAiBaseUrl }),
    'bedrock-submodule': new modules['openai/bedrock'].BedrockOpenAI({
      bedrockTokenProvider: async () => 'token',
      baseURL: openAiBaseUrl,
    }),
    'bedrock-provider': new OpenAI({ provider: bedrock({ apiKey, baseURL: openAiBaseUrl }) }),
  };
  const anthropicClients = {
    'anthropic-client': new Anthropic({ apiKey, baseURL: origin }),
    'anthropic-bedrock': new AnthropicBedrock({ baseURL: origin, ...awsKeys }),
    'anthropic-bedrock-subclass': new Mine({ baseURL: origin, ...awsKeys }),
    'anthropic-mantle': new AnthropicBedrockMantle({ apiKey, baseURL: origin }),
    'anthropic-foundry': new AnthropicFoundry({ apiKey, baseURL: origin }),
    'anthropic-aws': new AnthropicAws({ apiKey, workspaceId: 'workspace', baseURL: origin }),
    'anthropic-vertex': new AnthropicVertex({
      baseURL: origin,
      region: 'us-east5',
      projectId: 'project',
      authClient,
    }),
  };

  const texts = {};
  const messages = [{ role: 'user', content: 'hi' }];
  for (const [model, client] of Object.entries(openAiClients)) {
    const { choices } = await client.chat.completions.create({ model, messages });
    texts[model] = choices[0].message.content;
  }
  for (const [model, client] of Object.entries(anthropicClients)) {
    const { content } = await client.messages.create({ model, max_tokens: 9, messages });
    texts[model] = content[0].text;
  }
  // Resources that the classes for platforms make anew.
  for (const name of ['anthropic-foundry', 'anthropic-aws']) {
    const model = `${name}-beta`;
    const { content } = await anthropicClients[name].beta.messages.create({ model, max_tokens: 9, messages });
    texts[model] = content[0].text;
  }
  // A helper that BedrockOpenAI makes anew for each client.
  const streamed = openAiClients.bedrock.responses.stream({ model: 'bedrock-stream', input: 'hi' });
  texts['bedrock-stream'] = (await streamed.finalResponse()).output_text;

  const sameClasses = {
    OpenAI: OpenAI === modules['openai/client'].OpenAI,
    AzureOpenAI: AzureOpenAI === modules['openai/azure'].AzureOpenAI,
    BedrockOpenAI: BedrockOpenAI === modules['openai/bedrock'].BedrockOpenAI,
  };
  return { texts, sameClasses };
}

module.exports = { makeCalls };
