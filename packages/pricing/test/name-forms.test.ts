import { PriceCatalog } from '@llm-otel/pricing';
import { expect } from 'chai';

type Row = readonly [provider: string | undefined, model: string, totalUsd: number, entry: string];

/** 1,500 input and 350 output tokens, as in the project's price study. */
const priced: readonly Row[] = [
  ['openai', 'ft:gpt-4o-2024-08-06:acme::abc', 0.010875, 'openai ft:gpt-4o-2024-08-06'],
  ['openai', 'ft:gpt-4o:acme::x', 0.010875, 'openai ft:gpt-4o-2024-08-06'],
  ['openai', 'ft:gpt-4o-mini-2024-07-18:acme:support:abc', 0.00087, 'openai ft:gpt-4o-mini-2024-07-18'],
  ['openai', 'ft:gpt-3.5-turbo-0125:acme::abc', 0.0066, 'openai ft:gpt-3.5-turbo-'],
  ['azure', 'gpt-4o-mini-2024-07-18.ft-0123456789abcdef', 0.00087, 'azure gpt-4o-mini-2024-07-18.ft-'],
  ['openai', 'ft:gpt-4o-mini:acme::x', 0.00087, 'openai ft:gpt-4o-mini-2024-07-18'],
  ['anthropic', 'claude-2.0', 0.0204, 'anthropic claude-2'],
  ['google', 'gemini-1.5-flash-8b-001', 0.00010875, 'google gemini-flash-1.5-8b'],
  ['google', 'gemini-1.5-flash-8b-latest', 0.00010875, 'google gemini-flash-1.5-8b'],
  ['google', 'gemini-3.1-pro-preview-customtools', 0.0072, 'google gemini-3.1-pro-preview'],
  ['google', 'gemini-live-2.5-flash-preview-native-audio', 0.00145, 'google gemini-live-2.5-flash'],
  ['google', 'gemini-live-2.5-flash-preview-native-audio-09-2025', 0.00145, 'google gemini-live-2.5-flash'],
  ['gcp.vertex_ai', 'gemini-live-2.5-flash-native-audio', 0.00145, 'google gemini-live-2.5-flash'],
  ['google', 'gemini-2.5-flash-preview-09-2025', 0.001325, 'google gemini-2.5-flash'],
  ['azure', 'gpt-35-turbo-0301', 0.00295, 'azure gpt-3.5-0301'],
  ['azure', 'gpt-35-turbo-0613', 0.00295, 'azure gpt-3.5-turbo-0613'],
  ['azure', 'gpt-35-turbo-instruct', 0.00295, 'azure gpt-3.5-turbo-instruct'],
  ['xai', 'xai/grok-4', 0.00975, 'x-ai grok-4-0709'],
  [
    undefined,
    'anthropic.claude-haiku-4-5',
    0.003575,
    'aws regional.anthropic.claude-haiku-4-5-20251001-v1:0',
  ],
  ['aws', 'us.anthropic.claude-opus-4-1', 0.04875, 'aws regional.anthropic.claude-opus-4-1-20250805-v1:0'],
  [
    'aws',
    'arn:aws-us-gov:bedrock:us-gov-west-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0',
    0.0008125,
    'aws regional.anthropic.claude-3-haiku-20240307-v1:0',
  ],
  ['openai', 'openai/gpt-4o', 0.00725, 'openai gpt-4o'],
  [undefined, 'openai/gpt-4o', 0.00725, 'openai gpt-4o'],
  [undefined, 'openai:gpt-4o', 0.00725, 'openai gpt-4o'],
  ['openrouter', 'openai/gpt-4o', 0.00725, 'openrouter openai/gpt-4o'],
  [undefined, 'openrouter/openai/gpt-4o', 0.00725, 'openrouter openai/gpt-4o'],
  ['vercel', 'anthropic/claude-sonnet-4.5', 0.00975, 'anthropic claude-sonnet-4-5'],
  ['gateway', 'openai/gpt-4o', 0.00725, 'openai gpt-4o'],
  [
    'litellm',
    'bedrock/us.anthropic.claude-sonnet-4-5-20250929-v1:0',
    0.010725,
    'aws regional.anthropic.claude-sonnet-4-5-20250929-v1:0',
  ],
  ['litellm', 'gpt-4o', 0.00725, 'openai gpt-4o'],
  // The AI SDK's name of a provider, in front of the model: no id of Bedrock's.
  [undefined, 'anthropic.messages:claude-sonnet-4-5', 0.00975, 'anthropic claude-sonnet-4-5'],
  [undefined, 'openai.chat:gpt-4o', 0.00725, 'openai gpt-4o'],
  [undefined, 'google.generative-ai:gemini-2.5-pro', 0.005375, 'google gemini-2.5-pro'],
  // An OpenAI client that talks to a gateway.
  ['openai', 'anthropic/claude-sonnet-4-5', 0.00975, 'anthropic claude-sonnet-4-5'],
  ['google', 'models/gemini-2.5-pro', 0.005375, 'google gemini-2.5-pro'],
  ['gcp.vertex_ai', 'publishers/google/models/gemini-2.5-pro', 0.005375, 'google gemini-2.5-pro'],
  [
    undefined,
    'projects/p/locations/l/publishers/anthropic/models/claude-sonnet-4-5@20250929',
    0.00975,
    'google claude-sonnet-4-5',
  ],
  ['gcp.gen_ai', 'gemini-2.5-pro', 0.005375, 'google gemini-2.5-pro'],
  ['gcp.gemini', 'gemini-2.5-pro', 0.005375, 'google gemini-2.5-pro'],
  ['gcp.vertex_ai', 'gemini-2.5-pro', 0.005375, 'google gemini-2.5-pro'],
  ['vertex_ai', 'gemini-2.5-pro', 0.005375, 'google gemini-2.5-pro'],
  ['gemini', 'gemini-2.5-pro', 0.005375, 'google gemini-2.5-pro'],
  ['google.generative-ai', 'gemini-2.5-pro', 0.005375, 'google gemini-2.5-pro'],
  ['google.vertex.chat', 'gemini-2.5-pro', 0.005375, 'google gemini-2.5-pro'],
  ['google', 'gemini-1.5-flash-8b', 0.00010875, 'google gemini-flash-1.5-8b'],
  ['google', 'gemini-1.5-flash-002', 0.0002175, 'google gemini-1.5-flash'],
  ['google', 'gemini-2.5-pro-preview-05-06', 0.005375, 'google gemini-2.5-pro'],
  ['vertex_ai', 'claude-3-5-sonnet-20241022', 0.00975, 'google claude-3-5-sonnet'],
  ['google', 'claude-3-5-sonnet@20240620', 0.00975, 'google claude-3-5-sonnet'],
  ['gcp.vertex_ai', 'claude-3-5-sonnet-v2@20241022', 0.00975, 'google claude-3-5-sonnet'],
  ['azure', 'gpt-4o', 0.00725, 'azure gpt-4o'],
  ['azure.ai.openai', 'gpt-4o', 0.00725, 'azure gpt-4o'],
  ['azure.ai.inference', 'gpt-4o', 0.00725, 'azure gpt-4o'],
  ['az.ai.openai', 'gpt-4o', 0.00725, 'azure gpt-4o'],
  ['az.ai.inference', 'gpt-4o', 0.00725, 'azure gpt-4o'],
  ['azure', 'gpt-35-turbo', 0.001275, 'azure gpt-3.5-turbo'],
  ['azure', 'gpt-35-turbo-0125', 0.001275, 'azure gpt-3.5-turbo'],
  ['azure', 'gpt-35-turbo-1106', 0.0022, 'azure gpt-3.5-turbo-1106'],
  [
    'aws.bedrock',
    'anthropic.claude-3-opus-20240229-v1:0',
    0.04875,
    'aws regional.anthropic.claude-3-opus-20240229-v1:0',
  ],
  [
    'aws.bedrock',
    'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
    0.010725,
    'aws regional.anthropic.claude-sonnet-4-5-20250929-v1:0',
  ],
  [
    'aws',
    'anthropic.claude-sonnet-4-5-20250929-v1:0',
    0.010725,
    'aws regional.anthropic.claude-sonnet-4-5-20250929-v1:0',
  ],
  [
    'bedrock',
    'global.anthropic.claude-sonnet-4-5-20250929-v1:0',
    0.00975,
    'aws global.anthropic.claude-sonnet-4-5-20250929-v1:0',
  ],
  [
    'bedrock',
    'ca.anthropic.claude-sonnet-4-5-20250929-v1:0',
    0.010725,
    'aws regional.anthropic.claude-sonnet-4-5-20250929-v1:0',
  ],
  ['amazon_bedrock', 'us.amazon.nova-pro-v1:0', 0.00232, 'aws amazon.nova-pro-v1:0'],
  ['amazon_bedrock', 'eu.amazon.nova-pro-v1:0', 0.003045, 'aws eu.amazon.nova-pro-v1:0'],
  [
    'aws',
    'arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-3-haiku-20240307-v1:0',
    0.0008125,
    'aws regional.anthropic.claude-3-haiku-20240307-v1:0',
  ],
  [
    undefined,
    'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-sonnet-4-5-20250929-v1:0',
    0.010725,
    'aws regional.anthropic.claude-sonnet-4-5-20250929-v1:0',
  ],
  // Without their date, or without the `:0` of their version.
  [
    'aws.bedrock',
    'anthropic.claude-haiku-4-5',
    0.003575,
    'aws regional.anthropic.claude-haiku-4-5-20251001-v1:0',
  ],
  [
    'aws.bedrock',
    'ca.anthropic.claude-sonnet-4-5',
    0.010725,
    'aws regional.anthropic.claude-sonnet-4-5-20250929-v1:0',
  ],
  [
    'aws.bedrock',
    'global.anthropic.claude-sonnet-4-5',
    0.00975,
    'aws global.anthropic.claude-sonnet-4-5-20250929-v1:0',
  ],
  ['aws', 'us.anthropic.claude-opus-4-6-v1', 0.017875, 'aws regional.anthropic.claude-opus-4-6-v1:0'],
  // Only the name shows that it is Bedrock.
  [
    undefined,
    'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
    0.010725,
    'aws regional.anthropic.claude-sonnet-4-5-20250929-v1:0',
  ],
  ['litellm', 'eu.amazon.nova-pro-v1:0', 0.003045, 'aws eu.amazon.nova-pro-v1:0'],
  [
    'anthropic',
    'us.anthropic.claude-haiku-4-5-20251001-v1:0',
    0.003575,
    'aws regional.anthropic.claude-haiku-4-5-20251001-v1:0',
  ],
  ['aws', 'amazon.titan-embed-text-v1', 0.00015, 'aws amazon.titan-embed-text-v1'],
  ['xai', 'grok-4', 0.00975, 'x-ai grok-4-0709'],
  ['x_ai', 'grok-4', 0.00975, 'x-ai grok-4-0709'],
  ['xai.chat', 'grok-4', 0.00975, 'x-ai grok-4-0709'],
  ['mistral_ai', 'mistral-large-latest', 0.001275, 'mistral mistral-large-latest'],
  ['openai', 'gpt-4o-audio-preview', 0.00725, 'openai gpt-4o-audio-preview'],
  ['openai', 'gpt-4o-realtime-preview-2024-12-17', 0.0145, 'openai gpt-4o-realtime-preview'],
  ['anthropic', 'claude-sonnet-4-20250514', 0.00975, 'anthropic claude-sonnet-4-0'],
  ['google', 'claude-sonnet-4@20250514', 0.00975, 'google claude-4-sonnet'],
  ['google', 'gemini-2.0-flash-001', 0.00029, 'google gemini-2.0-flash'],
  ['anthropic', 'claude-3-opus-latest', 0.04875, 'anthropic claude-3-opus-latest'],
  ['anthropic', 'claude-2.1', 0.0204, 'anthropic claude-2'],
  ['openai.chat', 'gpt-4o', 0.00725, 'openai gpt-4o'],
  ['openai.responses', 'gpt-4o', 0.00725, 'openai gpt-4o'],
  ['anthropic.messages', 'claude-sonnet-4-5', 0.00975, 'anthropic claude-sonnet-4-5'],
  ['OpenAI', 'GPT-4o', 0.00725, 'openai gpt-4o'],
  [' openai ', ' gpt-4o ', 0.00725, 'openai gpt-4o'],
  ['openai', 'gpt-4-turbo', 0.0255, 'openai gpt-4-turbo'],
  ['openai', 'gpt-4o-20240806', 0.00725, 'openai gpt-4o'],
  ['openai', 'chatgpt-4o-latest', 0.01275, 'openai chatgpt-4o-latest'],
  // An embedding has no output; the package ignores it too.
  ['openai', 'text-embedding-3-small', 0.00003, 'openai text-embedding-3-small'],
  // The package does not find the makers of these by name.
  [undefined, 'text-embedding-3-small', 0.00003, 'openai text-embedding-3-small'],
  ['litellm', 'text-embedding-ada-002', 0.00015, 'openai text-embedding-ada-002'],
  [undefined, 'chatgpt-4o-latest', 0.01275, 'openai chatgpt-4o-latest'],
  [undefined, 'codex-mini-latest', 0.00435, 'openai codex-mini'],
  [undefined, 'sonar-pro', 0.02375, 'perplexity sonar-pro'],
  [undefined, 'us.amazon.nova-lite-v1:0', 0.000174, 'aws amazon.nova-lite-v1:0'],
  [
    undefined,
    'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
    0.010725,
    'aws regional.anthropic.claude-sonnet-4-5-20250929-v1:0',
  ],
  [undefined, 'ft:gpt-4o:acme::x', 0.010875, 'openai ft:gpt-4o-2024-08-06'],
  [undefined, 'embed-v4.0', 0.00018, 'cohere embed-v4.0'],
  ['litellm', 'sonar-pro', 0.02375, 'perplexity sonar-pro'],
];

const unknown: readonly [provider: string | undefined, model: string, reason: string][] = [
  ['anthropic', 'claude-3-opus-xyz', 'shares a beginning with a model'],
  [undefined, 'claude-3-opus-xyz', 'shares a beginning with a model'],
  ['anthropic', 'claude-sonnet-4-5-foo', 'shares a beginning with a model'],
  ['openai', 'gpt-4o-realtime-x', 'shares a beginning with a model'],
  [undefined, 'text-embedding-3-huge', 'shares a beginning with a model'],
  ['deepseek', 'deepseek-chat-v9', 'is a version that the package does not list'],
  ['deepseek', 'deepseek-r1-distill-llama-70b', 'is a smaller model'],
  ['anthropic', 'claude-opus-4-10', 'is a later version'],
  ['anthropic', 'claude-sonnet-5.7', 'is a later version'],
  ['google', 'gemini-1.5-flash-9b', 'is another size'],
  ['google', 'gemini-3.6-flash-lite', 'is another size'],
  ['aws', 'amazon.nova-pro-v2:0', 'is a later version'],
  ['aws', 'anthropic.claude-opus-4-6-v2', 'is a later version'],
  ['anthropic', 'claude-sonnet-4-5-v2', 'is a version that the package does not list'],
  [undefined, 'us.anthropic.claude-xyz', 'is no model of Bedrock’s'],
  ['aws', 'anthropic.claude-3-opus-xyz', 'shares a part with a model'],
  ['aws', 'my.own.thing-claude-3-haiku-20240307', 'contains the name of a model'],
  ['openai', 'gpt-4o-2099-01-01', 'is a snapshot that does not exist'],
  ['openai', 'gpt-5-foobar', 'does not exist'],
  ['anthropic', 'claude-99', 'does not exist'],
  ['openai', 'gpt-4o:batch', 'has the price of another tier'],
  ['ollama', 'llama3.1:8b', 'runs on a machine of one’s own'],
  ['ollama', 'deepseek-r1:8b', 'runs on a machine of one’s own'],
  ['acme', 'gpt-4o', 'is sold by someone unknown'],
  [undefined, 'acme/gpt-4o', 'is sold by someone unknown'],
  ['anthropic', 'openai/gpt-4o', 'contradicts its provider'],
  [
    'aws',
    'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc123',
    'does not say the model',
  ],
  [
    'aws',
    'arn:aws:bedrock:us-east-1:1:inference-profile/us.anthropic.claude-haiku-4-5-20251001-v1:0/more',
    'has more behind the model',
  ],
  [
    undefined,
    'x arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-haiku-4-5',
    'only quotes an ARN',
  ],
  ['google', 'my-projects/gemini-2.5-pro', 'only ends like a resource of Google’s'],
  ['openai', 'anthropic:claude-sonnet-4-5', 'contradicts its provider'],
  ['azure', 'my-deployment', 'is the name of a deployment'],
  ['openai', 'ft:gpt-4.1-2025-04-14:acme::x', 'is a fine-tuned model that the package lacks'],
  ['openai', '', 'is empty'],
  ['openai', 'constructor', 'is a word of JavaScript'],
  ['__proto__', 'gpt-4o', 'has a provider that is a word of JavaScript'],
  [undefined, 'a/'.repeat(200), 'is nonsense'],
  [undefined, `gpt-4o${' '.repeat(600)}`, 'is too long to be a name'],
];

describe('names', () => {
  const catalog = new PriceCatalog();
  const usage = { inputTokens: 1500, outputTokens: 350 };
  const at = new Date('2026-11-22T12:00:00Z');
  const quote = (provider: string | undefined, model: string) =>
    catalog.quote({ ...(provider !== undefined && { provider }), model, usage, at });

  for (const [provider, model, totalUsd, entry] of priced) {
    it(`${provider} ${model} is ${entry}`, () => {
      const found = quote(provider, model);
      expect(`${found?.provider} ${found?.model}`).to.equal(entry);
      expect(found?.totalUsd).to.be.closeTo(totalUsd, 1e-15);
    });
  }

  for (const [provider, model, reason] of unknown)
    it(`${provider} ${model.slice(0, 40)} has no price: it ${reason}`, () => {
      expect(quote(provider, model)).to.equal(undefined);
    });

  it('that repeat dates are rejected at once, and do not freeze the application', () => {
    const hostile = `${'-1234-12-34'.repeat(23)}x`;
    const start = performance.now();
    expect(quote('google', `gemini-1.5-flash${hostile}`)).to.equal(undefined);
    const overrides = [{ model: 'ours', inputPerMTok: 1, outputPerMTok: 1 }];
    const query = { model: `ours${hostile}`, requestedModel: 'ours', usage };
    expect(new PriceCatalog({ overrides }).quote(query)?.source).to.equal('override');
    expect(performance.now() - start).to.be.below(500);
  });
});
