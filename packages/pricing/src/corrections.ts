import { type Correction, fromLiteLlm, LITELLM_TODAY } from './correction.js';
import { deepseekPrices } from './deepseek-prices.js';
import { pricesOf } from './listed-prices.js';
import { newestPrices } from './newest-prices.js';
import { resoldPrices } from './resold-prices.js';

const LITELLM = 'BerriAI/litellm model_prices_and_context_window.json at 00035b69';
const MISTRAL = 'https://github.com/mistralai/platform-docs-public/tree/main/src/schema/models/models';

/** xAI's higher prices begin at 200,000 tokens, not above. */
const grok = (input: number, cacheRead: number, output: number) =>
  pricesOf({ input, output, cacheRead, beyond: { tokens: 199_999, input: 2 * input, output: 2 * output } });
const GROK_4_20 =
  /^grok-4\.20(?:-multi-agent)?(?:-experimental)?(?:-beta)?(?:-latest|-030[49])?(?:-non-reasoning|-reasoning)?(?:-latest|-gv2)?$/;

const AUDIO_PREVIEW = { input_mtok: 2.5, output_mtok: 10, input_audio_mtok: 40, output_audio_mtok: 80 };
const MINI_AUDIO_PREVIEW = {
  input_mtok: 0.15,
  output_mtok: 0.6,
  input_audio_mtok: 10,
  output_audio_mtok: 20,
};

let made: readonly Correction[] | undefined;

/** Of several that match, the first applies. Created with the first catalogue: creating them on import would make it take a quarter longer. */
export function corrections(): readonly Correction[] {
  made ??= makeCorrections();
  return made;
}

/** The package is `@pydantic/genai-prices` 0.1.8. */
const makeCorrections = (): readonly Correction[] => [
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
    ...fromLiteLlm('https://developers.openai.com/api/docs/pricing'),
  },
  {
    provider: 'openai',
    model: /^ft:gpt-4o-mini-2024-07-18$/,
    prices: { input_mtok: 0.3, cache_read_mtok: 0.15, output_mtok: 1.2 },
    ...fromLiteLlm('https://developers.openai.com/api/docs/pricing'),
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
  ...deepseekPrices(),
  {
    // The package takes it for gpt-oss-120b, which costs twice as much.
    provider: 'groq',
    model: /^openai\/gpt-oss-safeguard-20b$/,
    prices: { input_mtok: 0.075, cache_read_mtok: 0.037, output_mtok: 0.3 },
    ...fromLiteLlm('https://console.groq.com/docs/models'),
  },
  {
    // Retired then, and answered by grok-build-0.1 since.
    provider: 'x-ai',
    model: /^grok-code-fast(?:-1(?:-0825)?)?$/,
    from: '2026-05-15T19:00:00Z',
    prices: grok(1, 0.2, 2),
    ...fromLiteLlm('https://docs.x.ai/developers/migration/may-15-retirement'),
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
  ...resoldPrices(),
  ...newestPrices(),
];
