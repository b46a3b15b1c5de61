import { PriceCatalog, type PriceCatalogOptions, type PriceQuery } from '@llm-otel/pricing';
import type { LlmUsage } from '@llm-otel/semantic-conventions';
import { expect } from 'chai';

describe('PriceCatalog', () => {
  const catalog = new PriceCatalog();

  it('returns the parts of a price and the price entry', () => {
    const usage = {
      inputTokens: 6000,
      outputTokens: 350,
      cacheReadTokens: 1000,
      cacheWriteTokens: 3000,
      cacheWrite1hTokens: 2000,
    };
    expect(catalog.quote({ provider: 'anthropic', model: 'claude-opus-4-5-20251101', usage })).to.deep.equal({
      totalUsd: (2000 * 5 + 350 * 25 + 1000 * 0.5 + 1000 * 6.25 + 2000 * 10) / 1e6,
      inputUsd: 0.01,
      outputUsd: 0.00875,
      cacheReadUsd: 0.0005,
      cacheWriteUsd: 0.02625,
      provider: 'anthropic',
      model: 'claude-opus-4-5',
      source: 'catalog',
    });
  });

  it("prices Claude's one-hour cache writes at twice the input price, whoever sells it", () => {
    const usage = { inputTokens: 1000, outputTokens: 0, cacheWriteTokens: 1000, cacheWrite1hTokens: 1000 };
    const total = (provider: string, model: string) => catalog.quote({ provider, model, usage })?.totalUsd;
    for (const [provider, model, perMTok] of [
      ['anthropic', 'claude-sonnet-4-5', 6],
      ['gcp.vertex_ai', 'claude-sonnet-4-5@20250929', 6],
      ['aws.bedrock', 'us.anthropic.claude-sonnet-4-5-20250929-v1:0', 6.6],
      ['aws.bedrock', 'global.anthropic.claude-opus-5-5', 8],
      ['azure', 'claude-opus-4-6', 10],
      ['openrouter', 'anthropic/claude-sonnet-4.5', 6],
    ] as const)
      expect(total(provider, model), `${provider} ${model}`).to.be.closeTo(perMTok / 1000, 1e-12);
    // A model without a price for what it caches has none for an hour of it either.
    expect(total('aws.bedrock', 'anthropic.claude-3-opus-20240229-v1:0')).to.be.closeTo(0.015, 1e-12);
    // With all others, nothing tells that an hour is another price.
    expect(total('openai', 'gpt-5.6-luna')).to.be.closeTo(0.00025, 1e-12);
  });

  it('adds the fee per request to the input', () => {
    const usage = { inputTokens: 0, outputTokens: 0 };
    expect(catalog.quote({ provider: 'perplexity', model: 'sonar', usage })?.inputUsd).to.equal(0.012);
  });

  it('accepts the time of the call as a Date or in milliseconds', () => {
    const query = { model: 'o3', usage: { inputTokens: 1500, outputTokens: 350 } };
    for (const day of ['2025-05-01', '2026-05-01'])
      expect(catalog.quote({ ...query, at: Date.parse(day) })).to.deep.equal(
        catalog.quote({ ...query, at: new Date(day) }),
      );
  });

  const bad: readonly unknown[] = [
    undefined,
    null,
    'usage',
    {},
    { inputTokens: 10 },
    { inputTokens: -1, outputTokens: 1 },
    { inputTokens: Number.NaN, outputTokens: 1 },
    { inputTokens: Number.POSITIVE_INFINITY, outputTokens: 1 },
    { inputTokens: '10', outputTokens: 1 },
    { inputTokens: 10n, outputTokens: 1n },
    { inputTokens: 10, outputTokens: 1, cacheReadTokens: 11 },
    { inputTokens: 10, outputTokens: 1, cacheReadTokens: 6, cacheWriteTokens: 5 },
    { inputTokens: 10, outputTokens: 1, cacheReadTokens: Number.NaN },
    { inputTokens: 10, outputTokens: 1, cacheWriteTokens: 5, cacheWrite1hTokens: 6 },
    { inputTokens: 10, outputTokens: 1, reasoningTokens: -1 },
    { inputTokens: 10, outputTokens: 1, inputAudioTokens: 5n },
  ];
  for (const usage of bad)
    it(`has no price for the usage ${inspect(usage)}`, () => {
      expect(catalog.quote({ model: 'gpt-4o', usage: usage as LlmUsage })).to.equal(undefined);
    });

  it('prices any safe integer, from 0 on', () => {
    const total = (tokens: number) =>
      catalog.quote({ model: 'gpt-4o', usage: { inputTokens: tokens, outputTokens: tokens } })?.totalUsd;
    expect(total(0)).to.equal(0);
    expect(total(Number.MAX_SAFE_INTEGER)).to.be.closeTo(112_589_990_684, 1);
    expect(total(2 ** 53)).to.equal(undefined);
    expect(total(1e300)).to.equal(undefined);
  });

  it('accepts any query without throwing', () => {
    for (const query of [undefined, null, 'gpt-4o', 1])
      expect(catalog.quote(query as never), String(query)).to.equal(undefined);
    const usage = { inputTokens: 1, outputTokens: 1 };
    const provider = (query: unknown) => catalog.quote(query as PriceQuery)?.provider;
    for (const model of [undefined, null, 42, ['gpt-4o'], Symbol('gpt-4o')])
      expect(provider({ model, usage })).to.equal(undefined);
    for (const at of [null, '2026-01-01', Number.NaN, Number.POSITIVE_INFINITY, {}])
      expect(provider({ model: 'gpt-4o', usage, at })).to.equal(undefined);
    expect(provider({ model: 'gpt-4o', usage, provider: 42 })).to.equal('openai');
  });

  it('is still correct after more models than it may remember', () => {
    const small = new PriceCatalog({ maxModels: 2 });
    const usage = { inputTokens: 1500, outputTokens: 350 };
    const expected: readonly [string, number | undefined][] = [
      ['gpt-4o', 0.00725],
      ['o1', 0.0435],
      ['nobody-knows-me', undefined],
      ['gpt-4.1', 0.0058],
    ];
    for (let round = 0; round < 3; round++)
      for (const [model, total] of expected)
        expect(small.quote({ provider: 'openai', model, usage })?.totalUsd).to.equal(total);
  });

  const options: readonly [options: unknown, message: string][] = [
    [null, 'expected an options object, got null'],
    ['x', 'expected an options object, got x'],
    [{ override: [] }, 'unknown option "override". The options are: overrides, maxModels.'],
    [{ maxModels: 0 }, 'option "maxModels" must be a positive integer, got 0.'],
    [{ maxModels: 1.5 }, 'option "maxModels" must be a positive integer, got 1.5.'],
  ];
  for (const [given, message] of options)
    it(`throws a TypeError for the options ${inspect(given)}`, () => {
      expect(() => new PriceCatalog(given as PriceCatalogOptions)).to.throw(TypeError, message);
    });
});

function inspect(value: unknown): string {
  return JSON.stringify(value, (_, item) =>
    typeof item === 'number' || typeof item === 'bigint' ? String(item) : item,
  );
}
