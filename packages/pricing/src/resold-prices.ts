import { type Correction, fromLiteLlm } from './correction.js';
import { pricesOf } from './listed-prices.js';

/** Models that a provider sells at its own prices, while the package has the maker's: without a correction they have no price. */
export const misattributed: readonly Pick<Correction, 'provider' | 'model'>[] = [
  // Two to three times DeepSeek's own prices, and at every hour of the day.
  { provider: 'azure', model: /^deepseek/ },
];

type Row = readonly [
  model: RegExp,
  input: number,
  output: number,
  cacheRead?: number,
  cacheWrite?: number,
  cacheWrite1h?: number,
];

const row = ([model, input, output, cacheRead, cacheWrite, cacheWrite1h]: Row) => ({
  model,
  prices: pricesOf({ input, output, cacheRead, cacheWrite, cacheWrite1h }),
});

/** Azure's prices for models of other makers; where the package has them, it has another seller's price. */
const azure = (): readonly Row[] => [
  [/^deepseek-v4-pro$/, 1.74, 3.48, 0.145],
  [/^deepseek-v4-flash$/, 0.19, 0.51, 0.028],
  [/^deepseek-v4-flash-0731$/, 0.44, 1.32, 0.014],
  [/^deepseek-v4\.1-flash$/, 0.3, 1.2, 0.006],
  [/^deepseek-v3\.2(?:-speciale)?$/, 0.58, 1.68],
  [/^deepseek-v3\.1$/, 1.23, 4.94],
  [/^deepseek-v3-0324$/, 1.14, 4.56],
  [/^deepseek-r1$/, 1.35, 5.4],
  [/^gpt-oss-120b$/, 0.15, 0.6],
  [/^grok-3-mini$/, 0.25, 1.27],
  [/^phi-4$/, 0.125, 0.5],
  [/^phi-4-mini-instruct$/, 0.075, 0.3],
];

/** Geographies of Bedrock for which the package has the prices of the United States. */
const bedrock = (): readonly Row[] => [
  [/^eu\.amazon\.nova-micro-v1:0$/, 0.046, 0.184, 0.0115],
  [/^eu\.amazon\.nova-lite-v1:0$/, 0.078, 0.312, 0.0195],
  [/^eu\.amazon\.nova-pro-v1:0$/, 1.05, 4.2, 0.2625],
  [/^eu\.amazon\.nova-2-lite-v1:0$/, 0.429, 3.597, 0.10725],
  [/^apac\.amazon\.nova-micro-v1:0$/, 0.037, 0.148, 0.00925],
  [/^apac\.amazon\.nova-lite-v1:0$/, 0.063, 0.252, 0.01575],
  [/^apac\.amazon\.nova-pro-v1:0$/, 0.84, 3.36, 0.21],
  [/^(?:apac|jp)\.amazon\.nova-2-lite-v1:0$/, 0.396, 3.311, 0.099],
  [/^us-gov\.anthropic\.claude-sonnet-4-5(?:-20250929-v1:0)?$/, 3.6, 18, 0.36, 4.5, 7.2],
  [/^us-gov\.anthropic\.claude-sonnet-5$/, 2.4, 12, 0.24, 3, 4.8],
  [/^us-gov\.anthropic\.claude-opus-(?:4-8|5)$/, 6, 30, 0.6, 7.5, 12],
  [/^us-gov\.anthropic\.claude-opus-5-5$/, 4.8, 24, 0.24, 6, 9.6],
  [/^us-gov\.anthropic\.claude-fable-5-1$/, 12, 60, 0.3, 15, 24],
  [/^us-gov\.nvidia\.nemotron-nano-3-30b$/, 0.072, 0.288],
  [/^us-gov\.nvidia\.nemotron-nano-9b-v2$/, 0.072, 0.276],
  [/^us-gov\.nvidia\.nemotron-super-3-120b$/, 0.18, 0.78],
  [/^us-gov\.openai\.gpt-oss-20b-1:0$/, 0.084, 0.36],
  [/^us-gov\.openai\.gpt-oss-120b-1:0$/, 0.18, 0.72],
];

/** Azure's and Bedrock's prices for models of other makers. */
export const resoldPrices = (): readonly Correction[] => [
  ...azure().map((each) => ({
    provider: 'azure',
    ...row(each),
    ...fromLiteLlm('https://prices.azure.com/api/retail/prices'),
  })),
  {
    provider: 'azure',
    model: /^phi-4-multimodal-instruct$/,
    prices: { input_mtok: 0.08, output_mtok: 0.32, input_audio_mtok: 4 },
    ...fromLiteLlm('https://prices.azure.com/api/retail/prices'),
  },
  {
    // OpenAI's own price of audio is lower.
    provider: 'azure',
    model: /^gpt-audio(?:-2025-08-28)?$/,
    prices: { input_mtok: 2.5, output_mtok: 10, input_audio_mtok: 40, output_audio_mtok: 80 },
    ...fromLiteLlm('https://learn.microsoft.com/en-us/azure/foundry/'),
  },
  {
    // The package has no price for long contexts of these two: OpenAI's begins at 272,000 tokens.
    provider: 'aws',
    model: /^(?:us\.)?openai\.gpt-5\.4$/,
    prices: pricesOf({
      input: 2.75,
      output: 16.5,
      cacheRead: 0.275,
      beyond: { tokens: 271_999, input: 5.5, output: 24.75 },
    }),
    ...fromLiteLlm('https://docs.aws.amazon.com/bedrock/latest/userguide/'),
  },
  {
    provider: 'aws',
    model: /^(?:us\.)?openai\.gpt-5\.5$/,
    prices: pricesOf({
      input: 5.5,
      output: 33,
      cacheRead: 0.55,
      beyond: { tokens: 271_999, input: 11, output: 49.5 },
    }),
    ...fromLiteLlm('https://docs.aws.amazon.com/bedrock/latest/userguide/'),
  },
  ...bedrock().map((each) => ({
    provider: 'aws',
    ...row(each),
    ...fromLiteLlm('https://aws.amazon.com/bedrock/pricing/'),
  })),
];
