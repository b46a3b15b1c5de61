import { PriceCatalog } from '@llm-otel/pricing';
import type { LlmUsage } from '@llm-otel/semantic-conventions';
import { expect } from 'chai';
import { corrections } from '../src/corrections.js';
import { newestPrices } from '../src/newest-prices.js';
import { calc } from './support/calc-price.js';

/** For each correction, in order: a name and a usage that it corrects. */
const input: LlmUsage = { inputTokens: 1e6, outputTokens: 0 };
const examples: readonly (readonly [name: string, usage: LlmUsage, totalUsd: number, at?: string])[] = [
  ['gpt-4o', { inputTokens: 1e6, outputTokens: 0 }, 5],
  ['ft:gpt-4o-2024-08-06', { inputTokens: 1e6, outputTokens: 0, cacheReadTokens: 1e6 }, 1.875],
  ['ft:gpt-4o-mini-2024-07-18', { inputTokens: 1e6, outputTokens: 0, cacheReadTokens: 1e6 }, 0.15],
  ['mistral-large-latest', { inputTokens: 1e6, outputTokens: 0 }, 0.5],
  ['mistral-small-latest', input, 0.15],
  ['magistral-small-latest', input, 0.15],
  ['magistral-medium-latest', input, 1.5],
  ['deepseek-chat', { inputTokens: 1e6, outputTokens: 0, cacheReadTokens: 5e5 }, 0.315],
  ['deepseek-reasoner', { inputTokens: 0, outputTokens: 1e6 }, 0.42],
  ['deepseek-chat', input, 0.14],
  ['deepseek-v4-flash', input, 0.14, '2026-08-14T08:00:00Z'],
  ['deepseek-v4-pro', input, 0.435, '2026-08-14T08:00:00Z'],
  ['deepseek-v4-pro', input, 1.32, '2026-11-30T03:00:00Z'],
  ['deepseek-v4-pro', input, 1.32, '2026-11-30T08:00:00Z'],
  ['deepseek-v4-pro', input, 0.66, '2026-11-28T08:00:00Z'],
  ['deepseek-v4-flash', input, 0.44, '2026-09-09T03:00:00Z'],
  ['deepseek-v4-flash', input, 0.44, '2026-09-09T08:00:00Z'],
  ['deepseek-v4-flash', input, 0.22, '2026-08-30T08:00:00Z'],
  ['deepseek-v4-flash', input, 0.3, '2026-11-30T03:00:00Z'],
  ['deepseek-flash', input, 0.3, '2026-11-30T08:00:00Z'],
  ['deepseek-v4-flash', input, 0.15, '2026-11-30T12:00:00Z'],
  ['openai/gpt-oss-safeguard-20b', input, 0.075],
  ['grok-code-fast-1', { inputTokens: 1e5, outputTokens: 0 }, 0.1],
  ['grok-4.20-multi-agent', { inputTokens: 200_000, outputTokens: 0 }, 0.5],
  ['grok-4.20-multi-agent', { inputTokens: 200_000, outputTokens: 0, cacheReadTokens: 100_000 }, 0.44],
  ['gpt-4o-audio-preview-2024-10-01', { inputTokens: 1e6, outputTokens: 0, inputAudioTokens: 1e6 }, 100],
  ['gpt-4o-audio-preview', { inputTokens: 1e6, outputTokens: 0, inputAudioTokens: 1e6 }, 40],
  ['gpt-4o-audio-preview', { inputTokens: 1e6, outputTokens: 0, inputAudioTokens: 1e6 }, 40],
  ['gpt-4o-mini-audio-preview', { inputTokens: 0, outputTokens: 1e6, outputAudioTokens: 1e6 }, 20],
  ['gpt-4o-mini-audio-preview', { inputTokens: 0, outputTokens: 1e6, outputAudioTokens: 1e6 }, 20],
  ['amazon.titan-embed-text-v2:0', input, 0.02],
  // Azure.
  ['deepseek-v4-pro', input, 1.74],
  ['deepseek-v4-flash', input, 0.19],
  ['deepseek-v4-flash-0731', input, 0.44],
  ['deepseek-v4.1-flash', input, 0.3],
  ['deepseek-v3.2', input, 0.58],
  ['deepseek-v3.1', input, 1.23],
  ['deepseek-v3-0324', input, 1.14],
  ['deepseek-r1', input, 1.35],
  ['gpt-oss-120b', input, 0.15],
  ['grok-3-mini', input, 0.25],
  ['phi-4', input, 0.125],
  ['phi-4-mini-instruct', input, 0.075],
  ['phi-4-multimodal-instruct', input, 0.08],
  ['gpt-audio', { inputTokens: 1e6, outputTokens: 0, inputAudioTokens: 1e6 }, 40],
  ['openai.gpt-5.4', { inputTokens: 272_000, outputTokens: 0 }, 1.496],
  ['openai.gpt-5.5', { inputTokens: 1e6, outputTokens: 0, cacheReadTokens: 1e6 }, 1.1],
  // Bedrock.
  ['eu.amazon.nova-micro-v1:0', input, 0.046],
  ['eu.amazon.nova-lite-v1:0', input, 0.078],
  ['eu.amazon.nova-pro-v1:0', input, 1.05],
  ['eu.amazon.nova-2-lite-v1:0', input, 0.429],
  ['apac.amazon.nova-micro-v1:0', input, 0.037],
  ['apac.amazon.nova-lite-v1:0', input, 0.063],
  ['apac.amazon.nova-pro-v1:0', input, 0.84],
  ['jp.amazon.nova-2-lite-v1:0', input, 0.396],
  ['us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0', { inputTokens: 1e5, outputTokens: 0 }, 0.36],
  ['us-gov.anthropic.claude-sonnet-5', { inputTokens: 1e6, outputTokens: 0, cacheWriteTokens: 1e6 }, 3],
  ['us-gov.anthropic.claude-opus-5', { inputTokens: 1e6, outputTokens: 0, cacheWrite1hTokens: 1e6 }, 12],
  ['us-gov.anthropic.claude-opus-5-5', input, 4.8],
  ['us-gov.anthropic.claude-fable-5-1', input, 12],
  ['us-gov.nvidia.nemotron-nano-3-30b', input, 0.072],
  ['us-gov.nvidia.nemotron-nano-9b-v2', input, 0.072],
  ['us-gov.nvidia.nemotron-super-3-120b', input, 0.18],
  ['us-gov.openai.gpt-oss-20b-1:0', input, 0.084],
  ['us-gov.openai.gpt-oss-120b-1:0', input, 0.18],
];

/** All except the newest models, which have their own test. */
const known = corrections().slice(0, corrections().length - newestPrices().length);

describe('corrections', () => {
  const catalog = new PriceCatalog();

  it('have an example for each', () => {
    expect(examples.length).to.equal(known.length);
  });

  for (const [index, { provider, model, from, until, weekdayHours, source, checked }] of known.entries()) {
    const [name, usage, totalUsd, when] = examples[index] ?? ['', input, Number.NaN];
    const at = new Date(when ?? (until === undefined ? '2026-11-22T12:00:00Z' : Date.parse(until) - 1));

    it(`${name} is corrected, from a source, with a date`, () => {
      expect(model.test(name)).to.equal(true);
      expect(catalog.quote({ provider, model: name, usage, at })?.totalUsd).to.equal(totalUsd);
      expect(source).to.have.length.greaterThan(10);
      for (const day of [checked, from ?? checked, until ?? checked])
        expect(new Date(day).toISOString()).to.equal(
          day.length === 10 ? `${day}T00:00:00.000Z` : day.replace('Z', '.000Z'),
        );
    });

    // Peak hours must be listed even if the package has them: the correction after them applies at all other times.
    if (weekdayHours === undefined)
      it(`${name} still needs its correction: the package has another price`, () => {
        const { total_price: wrong = Number.NaN } = calc(provider, name, usage, at) ?? {};
        expect(Math.abs(wrong - totalUsd) < 1e-9).to.equal(false);
      });
  }

  it('follow deepseek-chat from price to price', () => {
    const usage = { inputTokens: 1e6, outputTokens: 0 };
    const at = (time: string) =>
      catalog.quote({ provider: 'deepseek', model: 'deepseek-chat', usage, at: new Date(time) })?.totalUsd;
    expect(at('2025-09-05T15:59:59Z')).to.equal(0.27);
    expect(at('2025-09-05T16:00:00Z')).to.equal(0.56);
    // The discount at night has ended.
    expect(at('2025-09-05T20:00:00Z')).to.equal(0.56);
    expect(at('2025-09-29T00:00:00Z')).to.equal(0.28);
    expect(at('2026-04-24T00:00:00Z')).to.equal(0.14);
  });

  it('follow the peak hours of DeepSeek V4, from Monday to Friday', () => {
    const usage = { inputTokens: 1e6, outputTokens: 1e6, cacheReadTokens: 5e5 };
    const at = (model: string, time: string) =>
      catalog.quote({ provider: 'deepseek', model, usage, at: new Date(time) })?.totalUsd;
    const [peak, offPeak] = [0.66 + 0.022 + 3.96, 0.33 + 0.011 + 1.98];
    for (const [time, totalUsd] of [
      ['2026-11-27T09:59:59Z', peak],
      ['2026-11-28T08:00:00Z', offPeak],
      ['2026-11-29T08:00:00Z', offPeak],
      ['2026-11-30T00:59:59Z', offPeak],
      ['2026-11-30T01:00:00Z', peak],
      ['2026-11-30T04:00:00Z', offPeak],
      ['2026-11-30T06:00:00Z', peak],
      ['2026-11-30T10:00:00Z', offPeak],
      // Until then, they also applied at weekends.
      ['2026-08-22T08:00:00Z', peak],
      ['2026-08-23T08:00:00Z', offPeak],
    ] as const)
      expect(at('deepseek-v4-pro', time), time).to.be.closeTo(totalUsd, 1e-9);
    // V4.1 Flash answers to the older name too.
    expect(at('deepseek-v4-flash', '2026-09-10T03:59:59Z')).to.be.closeTo(0.22 + 0.007 + 1.32, 1e-9);
    expect(at('deepseek-v4-flash', '2026-09-10T04:00:00Z')).to.be.closeTo(0.075 + 0.0015 + 0.6, 1e-9);
    expect(at('deepseek-flash', '2026-09-11T08:00:00Z')).to.be.closeTo(0.15 + 0.003 + 1.2, 1e-9);
    expect(at('deepseek-flash-lite', '2026-09-11T08:00:00Z')).to.equal(undefined);
    // Also without a provider.
    expect(catalog.quote({ model: 'deepseek-flash', usage })?.provider).to.equal('deepseek');
    expect(catalog.quote({ model: 'grok-4.20-0309-reasoning', usage })?.provider).to.equal('x-ai');
  });

  it("apply to every name of Grok 4.20 in xAI's API, and to no other", () => {
    const usage = { inputTokens: 1000, outputTokens: 1000 };
    const total = (model: string) => catalog.quote({ provider: 'xai', model, usage })?.totalUsd;
    for (const model of [
      'grok-4.20',
      'grok-4.20-0309-reasoning',
      'grok-4.20-0309-non-reasoning',
      'grok-4.20-multi-agent-0309',
      'grok-4.20-multi-agent-beta-latest',
      'grok-4.20-experimental-beta-0304-reasoning',
      'grok-4.20-experimental-beta-non-reasoning-latest',
      'grok-4.20-beta-latest-reasoning',
      'grok-4.20-reasoning-gv2',
    ])
      expect(total(model), model).to.equal(0.00375);
    for (const model of ['grok-4.20-mini', 'grok-4.20-fast-reasoning', 'grok-4.201', 'grok-4.2'])
      expect(total(model), model).to.equal(undefined);
  });

  it('leave no price for a DeepSeek model on Azure whose price is unknown', () => {
    const usage = { inputTokens: 1000, outputTokens: 1000 };
    for (const model of ['deepseek-r1-0528', 'DeepSeek-V9'])
      expect(catalog.quote({ provider: 'azure', model, usage }), model).to.equal(undefined);
    expect(catalog.quote({ provider: 'azure.ai.inference', model: 'DeepSeek-R1', usage })?.totalUsd).to.equal(
      0.00675,
    );
    expect(catalog.quote({ provider: 'deepseek', model: 'deepseek-r1-0528', usage })).to.not.equal(undefined);
  });

  it('keep the text rate of an audio model', () => {
    const usage = { inputTokens: 3000, outputTokens: 1000, inputAudioTokens: 1000, outputAudioTokens: 500 };
    expect(catalog.quote({ model: 'gpt-4o-audio-preview', usage })).to.include({
      inputUsd: (2000 * 2.5 + 1000 * 40) / 1e6,
      outputUsd: (500 * 10 + 500 * 80) / 1e6,
    });
  });
});
