import type { ModelPrice } from '@pydantic/genai-prices';

/** A price that the package has wrong, or lacks, for a time. */
export interface Correction {
  /** Provider as the package spells it. */
  readonly provider: string;
  /** Fits whole names in lower case. */
  readonly model: RegExp;
  /** First day (or moment), and first day no longer, on which it holds (UTC). */
  readonly from?: string;
  readonly until?: string;
  /** In the package's own format, and in place of all its prices for the model. */
  readonly prices: ModelPrice;
  /** Where the price was read, and when. */
  readonly source: string;
  readonly checked: string;
}

const LITELLM = 'BerriAI/litellm model_prices_and_context_window.json at 00035b69';
/** Its own sources are told with each entry. */
const LITELLM_TODAY = 'price list of litellm 1.110.2 (PyPI)';
const MISTRAL = 'https://github.com/mistralai/platform-docs-public/tree/main/src/schema/models/models';
const DEEPSEEK = 'https://api-docs.deepseek.com/quick_start/pricing';
const PACKAGE_COMMENT = '@pydantic/genai-prices 0.1.8, in its comments on the price';

/** xAI's tiers begin at 200,000 tokens, not above. */
const grok = (input: number, cacheRead: number, output: number): ModelPrice => ({
  input_mtok: { base: input, tiers: [{ start: 199_999, price: 2 * input }] },
  cache_read_mtok: { base: cacheRead, tiers: [{ start: 199_999, price: 2 * cacheRead }] },
  output_mtok: { base: output, tiers: [{ start: 199_999, price: 2 * output }] },
});
/** OpenAI's, for 272,000 tokens and more: twice the input, and half as much again of the output. */
const longContext = (input: number, cacheRead: number, output: number): ModelPrice => ({
  input_mtok: { base: input, tiers: [{ start: 271_999, price: 2 * input }] },
  cache_read_mtok: { base: cacheRead, tiers: [{ start: 271_999, price: 2 * cacheRead }] },
  output_mtok: { base: output, tiers: [{ start: 271_999, price: 1.5 * output }] },
});
const GROK_4_20 =
  /^grok-4\.20(?:-multi-agent)?(?:-experimental)?(?:-beta)?(?:-latest|-030[49])?(?:-non-reasoning|-reasoning)?(?:-latest|-gv2)?$/;

const AUDIO_PREVIEW = { input_mtok: 2.5, output_mtok: 10, input_audio_mtok: 40, output_audio_mtok: 80 };
const MINI_AUDIO_PREVIEW = {
  input_mtok: 0.15,
  output_mtok: 0.6,
  input_audio_mtok: 10,
  output_audio_mtok: 20,
};

/** Names that a provider sells at prices of its own, while the package takes their maker's: without a correction they have no price. */
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
  prices: {
    input_mtok: input,
    output_mtok: output,
    ...(cacheRead !== undefined && { cache_read_mtok: cacheRead }),
    ...(cacheWrite !== undefined && { cache_write_mtok: cacheWrite }),
    ...(cacheWrite1h !== undefined && { cache_write_1h_mtok: cacheWrite1h }),
  },
});

/** What Azure asks for models of others; where the package has them, it has the price of another seller. */
const azure: readonly Row[] = [
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

/** Geographies of Bedrock whose prices the package takes to be those of the United States. */
const bedrock: readonly Row[] = [
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

/** Of several that fit, the first wins. The package is `@pydantic/genai-prices` 0.1.8. */
export const corrections: readonly Correction[] = [
  {
    // The alias moved to gpt-4o-2024-08-06 that day; the package knows its later price only.
    provider: 'openai',
    model: /^gpt-4o$/,
    until: '2024-10-02',
    prices: { input_mtok: 5, output_mtok: 15 },
    source: '@pydantic/genai-prices, where it is the price of gpt-4o-2024-05-13',
    checked: '2026-11-23',
  },
  {
    // The package has no price of cached tokens, which cost half.
    provider: 'openai',
    model: /^ft:gpt-4o-2024-(?:08-06|11-20)$/,
    prices: { input_mtok: 3.75, cache_read_mtok: 1.875, output_mtok: 15 },
    source: `https://developers.openai.com/api/docs/pricing, by way of ${LITELLM_TODAY}`,
    checked: '2026-11-30',
  },
  {
    provider: 'openai',
    model: /^ft:gpt-4o-mini-2024-07-18$/,
    prices: { input_mtok: 0.3, cache_read_mtok: 0.15, output_mtok: 1.2 },
    source: `https://developers.openai.com/api/docs/pricing, by way of ${LITELLM_TODAY}`,
    checked: '2026-11-30',
  },
  {
    // The alias moved to Mistral Large 3 that day. The package still has Large 2 (2/6).
    provider: 'mistral',
    model: /^mistral-large-latest$/,
    from: '2025-12-02',
    prices: { input_mtok: 0.5, output_mtok: 1.5 },
    source: 'https://docs.mistral.ai/models/mistral-large-3-25-12, by way of LiteLLM and models.dev',
    checked: '2026-11-22',
  },
  {
    // The alias moved to Mistral Small 4 that day. The package still has the price of Small 3.
    provider: 'mistral',
    model: /^mistral-small-latest$/,
    from: '2026-03-16',
    prices: { input_mtok: 0.15, cache_read_mtok: 0.015, output_mtok: 0.6 },
    source: `${MISTRAL}/mistral-small-4-0-26-03.ts; cached: ${LITELLM_TODAY}`,
    checked: '2026-11-30',
  },
  {
    // Retired on the day before, and answered by Mistral Small 4 and Medium 3.5 since.
    provider: 'mistral',
    model: /^magistral-small-latest$/,
    from: '2026-08-01',
    prices: { input_mtok: 0.15, cache_read_mtok: 0.015, output_mtok: 0.6 },
    source: `${LITELLM_TODAY}; ${MISTRAL}/magistral-small-1-2-25-09.ts`,
    checked: '2026-11-30',
  },
  {
    provider: 'mistral',
    model: /^magistral-medium-latest$/,
    from: '2026-08-01',
    prices: { input_mtok: 1.5, cache_read_mtok: 0.15, output_mtok: 7.5 },
    source: `${LITELLM_TODAY}; ${MISTRAL}/magistral-medium-1-2-25-09.ts`,
    checked: '2026-11-30',
  },
  {
    // The package stays with the prices of DeepSeek V3 and R1, and with their discount at night, which ended then.
    provider: 'deepseek',
    model: /^deepseek-(?:chat|reasoner)$/,
    from: '2025-09-05T16:00:00Z',
    until: '2025-09-29',
    prices: { input_mtok: 0.56, cache_read_mtok: 0.07, output_mtok: 1.68 },
    source: DEEPSEEK,
    checked: '2026-11-30',
  },
  {
    // DeepSeek V3.2.
    provider: 'deepseek',
    model: /^deepseek-(?:chat|reasoner)$/,
    from: '2025-09-29',
    until: '2026-04-24',
    prices: { input_mtok: 0.28, cache_read_mtok: 0.028, output_mtok: 0.42 },
    source: `${DEEPSEEK}, by way of ${LITELLM_TODAY}`,
    checked: '2026-11-30',
  },
  {
    // Names of DeepSeek V4 Flash, until nothing answered to them any more.
    provider: 'deepseek',
    model: /^deepseek-(?:chat|reasoner)$/,
    from: '2026-04-24',
    until: '2026-07-24T16:00:00Z',
    prices: { input_mtok: 0.14, cache_read_mtok: 0.0028, output_mtok: 0.28 },
    source: `${DEEPSEEK}, by way of models.dev`,
    checked: '2026-11-30',
  },
  {
    // The package has the peak hours of later days at these, for want of a way to say both.
    provider: 'deepseek',
    model: /^deepseek-v4-flash$/,
    until: '2026-08-17',
    prices: { input_mtok: 0.14, cache_read_mtok: 0.0028, output_mtok: 0.28 },
    source: PACKAGE_COMMENT,
    checked: '2026-11-30',
  },
  {
    provider: 'deepseek',
    model: /^deepseek-v4-pro$/,
    until: '2026-08-17',
    prices: { input_mtok: 0.435, cache_read_mtok: 0.003625, output_mtok: 0.87 },
    source: PACKAGE_COMMENT,
    checked: '2026-11-30',
  },
  {
    // The package takes it for gpt-oss-120b, which costs twice as much.
    provider: 'groq',
    model: /^openai\/gpt-oss-safeguard-20b$/,
    prices: { input_mtok: 0.075, cache_read_mtok: 0.037, output_mtok: 0.3 },
    source: `https://console.groq.com/docs/models, by way of ${LITELLM_TODAY}`,
    checked: '2026-11-30',
  },
  {
    // Retired then, and answered by grok-build-0.1 since.
    provider: 'x-ai',
    model: /^grok-code-fast(?:-1(?:-0825)?)?$/,
    from: '2026-05-15T19:00:00Z',
    prices: grok(1, 0.2, 2),
    source: `https://docs.x.ai/developers/migration/may-15-retirement, by way of ${LITELLM_TODAY}`,
    checked: '2026-11-30',
  },
  {
    // The package lacks the names that the API gives, and has the multi-agent model at its older price.
    provider: 'x-ai',
    model: GROK_4_20,
    from: '2026-05-20',
    prices: grok(1.25, 0.2, 2.5),
    source: `https://api.x.ai/v1/language-models, by way of ${LITELLM_TODAY}; the day: models.dev`,
    checked: '2026-11-30',
  },
  {
    provider: 'x-ai',
    model: GROK_4_20,
    until: '2026-05-20',
    prices: grok(2, 0.2, 6),
    source: 'models.dev at a671cc05',
    checked: '2026-11-30',
  },
  {
    // The package has no audio rates: a million audio tokens would cost $2.5 instead of $100.
    provider: 'openai',
    model: /^gpt-4o-audio-preview-2024-10-01$/,
    prices: { input_mtok: 2.5, output_mtok: 10, input_audio_mtok: 100, output_audio_mtok: 200 },
    source: 'price tables on GitHub that tell the snapshots apart; LiteLLM no longer lists this one',
    checked: '2026-11-23',
  },
  {
    provider: 'openai',
    model: /^gpt-4o-audio-preview(?:-\d{4}-\d{2}-\d{2})?$/,
    prices: AUDIO_PREVIEW,
    source: LITELLM,
    checked: '2026-11-23',
  },
  {
    // The package takes OpenAI's prices for Azure, and so would lack the audio rates here too.
    provider: 'azure',
    model: /^gpt-4o-audio-preview(?:-\d{4}-\d{2}-\d{2})?$/,
    prices: AUDIO_PREVIEW,
    source: 'copy of LiteLLM’s table on GitHub (azure/gpt-4o-audio-preview-2024-12-17)',
    checked: '2026-11-29',
  },
  {
    // LiteLLM has the price of the larger model for it: the text price contradicts the package's.
    provider: 'azure',
    model: /^gpt-4o-mini-audio-preview(?:-\d{4}-\d{2}-\d{2})?$/,
    prices: MINI_AUDIO_PREVIEW,
    source: 'as OpenAI sells it: Azure’s text price is OpenAI’s',
    checked: '2026-11-29',
  },
  {
    provider: 'openai',
    model: /^gpt-4o-mini-audio-preview(?:-\d{4}-\d{2}-\d{2})?$/,
    prices: MINI_AUDIO_PREVIEW,
    source: LITELLM,
    checked: '2026-11-23',
  },
  {
    // The package takes it for version 1, which costs five times as much.
    provider: 'aws',
    model: /^amazon\.titan-embed-text-v2:0$/,
    prices: { input_mtok: 0.02 },
    source: LITELLM,
    checked: '2026-11-23',
  },
  ...azure.map((each) => ({
    provider: 'azure',
    ...row(each),
    source: `https://prices.azure.com/api/retail/prices, by way of ${LITELLM_TODAY}`,
    checked: '2026-11-30',
  })),
  {
    provider: 'azure',
    model: /^phi-4-multimodal-instruct$/,
    prices: { input_mtok: 0.08, output_mtok: 0.32, input_audio_mtok: 4 },
    source: `https://prices.azure.com/api/retail/prices, by way of ${LITELLM_TODAY}`,
    checked: '2026-11-30',
  },
  {
    // OpenAI's own price of audio is lower.
    provider: 'azure',
    model: /^gpt-audio(?:-2025-08-28)?$/,
    prices: AUDIO_PREVIEW,
    source: `https://learn.microsoft.com/en-us/azure/foundry/, by way of ${LITELLM_TODAY}`,
    checked: '2026-11-30',
  },
  {
    // The package has no price for long contexts of these two.
    provider: 'aws',
    model: /^(?:us\.)?openai\.gpt-5\.4$/,
    prices: longContext(2.75, 0.275, 16.5),
    source: `https://docs.aws.amazon.com/bedrock/latest/userguide/, by way of ${LITELLM_TODAY}`,
    checked: '2026-11-30',
  },
  {
    provider: 'aws',
    model: /^(?:us\.)?openai\.gpt-5\.5$/,
    prices: longContext(5.5, 0.55, 33),
    source: `https://docs.aws.amazon.com/bedrock/latest/userguide/, by way of ${LITELLM_TODAY}`,
    checked: '2026-11-30',
  },
  ...bedrock.map((each) => ({
    provider: 'aws',
    ...row(each),
    source: `https://aws.amazon.com/bedrock/pricing/, by way of ${LITELLM_TODAY}`,
    checked: '2026-11-30',
  })),
];
