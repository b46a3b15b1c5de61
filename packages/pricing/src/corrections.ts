import type { ModelPrice } from '@pydantic/genai-prices';

/** A price that the package has wrong, or lacks, for a time. */
export interface Correction {
  /** Provider as the package spells it. */
  readonly provider: string;
  /** Fits whole names in lower case. */
  readonly model: RegExp;
  /** First day, and first day no longer, on which it holds (UTC). */
  readonly from?: string;
  readonly until?: string;
  /** In the package's own format, and in place of all its prices for the model. */
  readonly prices: ModelPrice;
  /** Where the price was read, and when. */
  readonly source: string;
  readonly checked: string;
}

const LITELLM = 'BerriAI/litellm model_prices_and_context_window.json at 00035b69';

const AUDIO_PREVIEW = { input_mtok: 2.5, output_mtok: 10, input_audio_mtok: 40, output_audio_mtok: 80 };
const MINI_AUDIO_PREVIEW = {
  input_mtok: 0.15,
  output_mtok: 0.6,
  input_audio_mtok: 10,
  output_audio_mtok: 20,
};

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
    // The alias moved to Mistral Large 3 that day. The package still has Large 2 (2/6).
    provider: 'mistral',
    model: /^mistral-large-latest$/,
    from: '2025-12-02',
    prices: { input_mtok: 0.5, output_mtok: 1.5 },
    source: 'https://docs.mistral.ai/models/mistral-large-3-25-12, by way of LiteLLM and models.dev',
    checked: '2026-11-22',
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
];
