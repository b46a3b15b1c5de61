import { PriceCatalog } from '@llm-otel/pricing';
import { expect } from 'chai';
import listed from './support/litellm-tiers.json';

/** Provider, model, tier, and USD per million tokens: input, output, cached input (`null`: not listed). */
type Row = [string, string, string, number, number | null, number | null];

const catalog = new PriceCatalog();
const million = (inputTokens: number, outputTokens: number, cacheReadTokens = 0) => ({
  inputTokens,
  outputTokens,
  cacheReadTokens,
});
/** Below every boundary of a long-context tier. */
const SOME = 100_000;

describe('service tiers', () => {
  it("have LiteLLM's prices for every model that both know", () => {
    const unlike: string[] = [];
    const withoutPrice: string[] = [];
    let equal = 0;
    for (const [provider, model, serviceTier, input, output, cached] of listed as Row[]) {
      const usd = (usage: ReturnType<typeof million>) =>
        catalog.quote({ provider, model, serviceTier, usage });
      const plain = usd(million(SOME, 0));
      if (plain === undefined) continue;
      const name = `${model} of ${provider}, ${serviceTier}`;
      if (plain.warning !== undefined) {
        withoutPrice.push(name);
        continue;
      }
      const off = (quoted: number | undefined, perMillion: number | null) =>
        perMillion === null ? 0 : Math.abs((quoted ?? Number.NaN) * (1e6 / SOME) - perMillion);
      const worst = Math.max(
        off(plain.totalUsd, input),
        off(usd(million(0, SOME))?.totalUsd, output),
        off(usd(million(SOME, 0, SOME))?.totalUsd, cached),
      );
      if (worst < 1e-9) equal += 1;
      else unlike.push(name);
    }
    expect(unlike).to.deep.equal([]);
    // They are no plain multiples of the standard prices, or go by another name.
    expect(withoutPrice).to.have.members([
      'ft:gpt-3.5-turbo of openai, batch',
      'ft:gpt-4o-2024-08-06 of openai, batch',
      'ft:gpt-4o-mini-2024-07-18 of openai, batch',
      'gemini-2.5-pro-preview-tts of google, batch',
      'gpt-3.5-turbo-1106 of openai, batch',
      'text-embedding-ada-002-v2 of openai, batch',
    ]);
    expect(equal).to.be.greaterThan(300);
  });

  for (const [provider, model, serviceTier, usage, totalUsd] of [
    // 1500 × 0.625 + 350 × 5
    ['openai', 'gpt-5', 'flex', million(1500, 350), 0.0026875],
    // 1500 × 4.25 + 350 × 17
    ['openai', 'gpt-4o-2024-08-06', 'priority', million(1500, 350), 0.012325],
    // 500 × 1 + 1000 × 1 (no discount for cached tokens in batches) + 350 × 4
    ['openai', 'o3', 'batch', million(1500, 350, 1000), 0.0029],
    // 500 × 1.5 + 1000 × 0.15 + 350 × 7.5
    ['anthropic', 'claude-sonnet-4-5-20250929', 'batch', million(1500, 350, 1000), 0.003525],
    // Above 200k: 250000 × 4.5 + 350 × 27
    ['google', 'gemini-2.5-pro', 'priority', million(250_000, 350), 1.13445],
    // A discount for cached tokens is not discounted again: 500 × 0.625 + 1000 × 0.125 + 350 × 5
    ['google', 'gemini-2.5-pro', 'batch', million(1500, 350, 1000), 0.0021875],
  ] as const)
    it(`${model}, ${serviceTier}: as computed by hand`, () => {
      const quote = catalog.quote({ provider, model, serviceTier, usage });
      expect(quote?.totalUsd).to.be.closeTo(totalUsd, 1e-12);
      expect(quote).not.to.have.property('warning');
    });

  it('have prices of audio and reasoning as well, and name their source', () => {
    const usage = { ...million(1000, 1000), inputAudioTokens: 1000, reasoningTokens: 1000 };
    const query = { provider: 'google', model: 'gemini-2.5-flash', usage };
    expect(catalog.quote({ ...query, serviceTier: 'batch' })).to.include({
      inputUsd: 0.0005,
      outputUsd: 0.00125,
    });
    expect(catalog.explain({ ...query, serviceTier: 'batch' })?.origin).to.deep.equal({
      from: `${catalog.explain(query)?.origin.from}, × 0.5 (batch: price list of litellm 1.110.2 (PyPI))`,
      checked: '2026-11-25',
    });
  });

  for (const tier of [undefined, '', 'default', 'standard', 'auto', 'Standard_Only', 'on_demand'])
    it(`${tier} is the standard tier`, () => {
      const query = { provider: 'openai', model: 'gpt-5', usage: million(1500, 350) };
      expect(catalog.quote({ ...query, serviceTier: tier })).to.deep.equal(catalog.quote(query));
    });

  for (const [provider, model, other, tier] of [
    // What OpenAI calls the priority tier since July 2026.
    ['openai', 'gpt-5', 'fast', 'priority'],
    // What Vertex calls its tiers.
    ['google', 'gemini-2.5-pro', 'ON_DEMAND_FLEX', 'flex'],
    ['google', 'gemini-2.5-pro', 'ON_DEMAND_PRIORITY', 'priority'],
  ] as const)
    it(`${other} is the tier ${tier}`, () => {
      const query = { provider, model, usage: million(1500, 350) };
      const quote = catalog.quote({ ...query, serviceTier: other });
      expect(quote).to.deep.equal(catalog.quote({ ...query, serviceTier: tier }));
      expect(quote?.totalUsd).to.not.equal(catalog.quote(query)?.totalUsd);
      const overrides = [{ model, inputPerMTok: 9, outputPerMTok: 0, serviceTier: other }];
      expect(new PriceCatalog({ overrides }).quote({ ...query, serviceTier: tier })?.source).to.equal(
        'override',
      );
    });

  for (const [provider, model, tier] of [
    ['anthropic', 'claude-sonnet-4-5', 'priority'],
    ['openai', 'gpt-4o', 'flex'],
    // OpenAI has one.
    ['azure', 'o3', 'flex'],
    ['openai', 'gpt-4o', 'scale'],
  ] as const)
    it(`${tier} has no known price for ${model}: the standard one, and it says so`, () => {
      const query = { provider, model, usage: million(1500, 350) };
      expect(catalog.quote({ ...query, serviceTier: tier })).to.deep.equal({
        ...catalog.quote(query),
        warning: 'unknown_tier',
      });
    });

  describe('overrides', () => {
    const priced = { provider: 'openai', model: 'gpt-5', outputPerMTok: 0 };
    const query = { provider: 'openai', model: 'gpt-5', usage: million(1_000_000, 0) };

    it('for a tier leave the other tiers alone', () => {
      const overridden = new PriceCatalog({
        overrides: [{ ...priced, inputPerMTok: 9, serviceTier: 'Scale' }],
      });
      expect(overridden.quote({ ...query, serviceTier: 'scale' })).to.include({
        totalUsd: 9,
        source: 'override',
      });
      expect(overridden.quote({ ...query, serviceTier: 'flex' })?.totalUsd).to.equal(0.625);
      expect(overridden.quote(query)?.totalUsd).to.equal(1.25);
    });

    it('for the standard tier apply to no other', () => {
      for (const serviceTier of ['standard', 'Default', 'on_demand']) {
        const overridden = new PriceCatalog({ overrides: [{ ...priced, inputPerMTok: 9, serviceTier }] });
        for (const standard of [undefined, 'default', 'auto'])
          expect(overridden.quote({ ...query, serviceTier: standard })?.totalUsd).to.equal(9);
        expect(overridden.quote({ ...query, serviceTier: 'flex' })?.totalUsd).to.equal(0.625);
        expect(overridden.quote({ ...query, serviceTier: 'scale' })).to.include({
          totalUsd: 1.25,
          warning: 'unknown_tier',
        });
      }
    });

    it('without a tier apply to every tier, without a warning', () => {
      const overridden = new PriceCatalog({ overrides: [{ ...priced, inputPerMTok: 9 }] });
      for (const serviceTier of [undefined, 'flex', 'scale'])
        expect(overridden.quote({ ...query, serviceTier })).to.deep.include({
          totalUsd: 9,
          source: 'override',
        });
      expect(overridden.quote({ ...query, serviceTier: 'scale' })).not.to.have.property('warning');
    });

    it('refuse a tier that is not a name', () => {
      expect(
        () => new PriceCatalog({ overrides: [{ ...priced, inputPerMTok: 1, serviceTier: ' ' }] }),
      ).to.throw(
        TypeError,
        'overrides[0] (model "gpt-5"): "serviceTier" must be a non-empty string, got " ".',
      );
    });
  });
});
