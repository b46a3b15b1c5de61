import { PriceCatalog } from '@llm-otel/pricing';
import { expect } from 'chai';
import { newestPrices } from '../src/newest-prices.js';
import { calc } from './support/calc-price.js';

/** USD per million: input, output, read from the cache, written to it, and written for an hour. */
type Row = readonly [provider: string, model: string, ...perMTok: number[]];

const listed: readonly Row[] = [
  ['anthropic', 'claude-sonnet-5-5', 2, 10, 0.1, 2.5, 4],
  ['gcp.vertex_ai', 'claude-sonnet-5-5@default', 2, 10, 0.1, 2.5, 4],
  ['azure', 'claude-sonnet-5-5', 2, 10, 0.1, 2.5, 4],
  ['aws.bedrock', 'global.anthropic.claude-sonnet-5-5', 2, 10, 0.1, 2.5, 4],
  ['aws.bedrock', 'us.anthropic.claude-sonnet-5-5', 2.2, 11, 0.11, 2.75, 4.4],
  ['aws.bedrock', 'us-gov.anthropic.claude-sonnet-5-5', 2.4, 12, 0.12, 3, 4.8],
  ['anthropic', 'claude-haiku-5-5', 0.1, 0.5, 0.01, 0.125, 0.2],
  ['aws.bedrock', 'eu.anthropic.claude-haiku-5-5', 0.11, 0.55, 0.011, 0.1375, 0.22],
  ['aws.bedrock', 'us-gov.anthropic.claude-haiku-5-5', 0.12, 0.6, 0.012, 0.15, 0.24],
  ['anthropic', 'claude-mythos-5-1', 10, 50, 0.25, 12.5, 20],
  ['aws.bedrock', 'us.anthropic.claude-mythos-5-1', 11, 55, 0.275, 13.75, 22],
  ['openai', 'gpt-6.1-sol', 2, 10, 0.1, 2.5],
  ['azure', 'gpt-6.1-sol-2026-09-29', 2, 10, 0.1, 2.5],
  ['aws.bedrock', 'us.openai.gpt-6.1-sol', 2.2, 11, 0.11, 2.75],
  ['openai', 'gpt-6.1-terra', 1, 5, 0.05, 1.25],
  ['aws.bedrock', 'global.openai.gpt-6.1-terra', 1, 5, 0.05, 1.25],
  ['google', 'gemini-4-argon', 2, 10, 0.1],
  ['google', 'gemini-4-hydrogen', 1.5, 7.5, 0.075],
  ['xai', 'grok-4.7', 2, 6, 0.5],
  ['mistral', 'mistral-large-4', 0.7, 2.1, 0.07],
];

describe('models that are newer than the package’s data', () => {
  const catalog = new PriceCatalog();
  const some = 1000;

  for (const [provider, model, ...perMTok] of listed)
    it(`${model} of ${provider} costs what LiteLLM lists`, () => {
      const usd = (usage: object) =>
        catalog.quote({ provider, model, usage: { inputTokens: some, outputTokens: 0, ...usage } })?.totalUsd;
      const quoted = [
        usd({}),
        usd({ inputTokens: 0, outputTokens: some }),
        usd({ cacheReadTokens: some }),
        usd({ cacheWriteTokens: some }),
        usd({ cacheWriteTokens: some, cacheWrite1hTokens: some }),
      ];
      for (const [index, rate] of perMTok.entries())
        expect(quoted[index], `#${index}`).to.be.closeTo((rate * some) / 1e6, 1e-12);
    });

  for (const [provider, model, boundary, input, output] of [
    ['anthropic', 'claude-haiku-5-5', 100_001, 0.5, 2.5],
    ['aws', 'us.anthropic.claude-haiku-5-5', 100_001, 0.55, 2.75],
    ['openai', 'gpt-6.1-sol', 272_001, 4, 15],
    ['xai', 'grok-4.7', 200_000, 4, 12],
  ] as const)
    it(`${model} costs more from ${boundary} input tokens on`, () => {
      const quote = (inputTokens: number) =>
        catalog.quote({ provider, model, usage: { inputTokens, outputTokens: some } });
      expect(quote(boundary)?.inputUsd).to.be.closeTo((boundary * input) / 1e6, 1e-9);
      expect(quote(boundary)?.outputUsd).to.be.closeTo((some * output) / 1e6, 1e-9);
      expect(quote(boundary - 1)?.inputUsd).to.be.lessThan(quote(boundary)?.inputUsd ?? 0);
    });

  it('are found without a provider, under names of gateways, and with a dot in the version', () => {
    const usage = { inputTokens: 0, outputTokens: 1e6 };
    for (const [provider, model, seller, totalUsd] of [
      [undefined, 'claude-sonnet-5-5', 'anthropic', 10],
      [undefined, 'gpt-6.1-sol', 'openai', 10],
      [undefined, 'gemini-4-argon', 'google', 10],
      [undefined, 'grok-4.7', 'x-ai', 6],
      [undefined, 'mistral-large-4', 'mistral', 2.1],
      ['vercel', 'anthropic/claude-sonnet-5.5', 'anthropic', 10],
      ['litellm', 'claude-haiku-5-5', 'anthropic', 0.5],
      [undefined, 'global.anthropic.claude-sonnet-5-5', 'aws', 10],
    ] as const)
      expect(catalog.quote({ ...(provider && { provider }), model, usage }), model).to.include({
        provider: seller,
        totalUsd,
      });
  });

  it('are still missing from the package, and their patterns match no other models', () => {
    const usage = { inputTokens: some, outputTokens: some };
    const at = new Date('2026-11-30T12:00:00Z');
    for (const { provider, model, prices } of newestPrices())
      for (const [, name] of listed)
        if (model.test(name)) {
          const found = calc(provider, name, usage, at);
          // The package takes `claude-sonnet-5-5` for `claude-sonnet-5`, whose cached tokens have another price.
          expect(found?.model_price, `${provider} ${name}`).to.not.deep.equal(prices);
        }
    for (const [provider, model] of [
      ['anthropic', 'claude-sonnet-5-6'],
      ['openai', 'gpt-6.1-luna'],
      ['aws', 'amazon.claude-sonnet-5-5'],
      ['google', 'gemini-4-argon-cyber-permissive'],
    ] as const)
      expect(catalog.quote({ provider, model, usage }), model).to.equal(undefined);
  });
});
