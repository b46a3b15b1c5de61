import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { knownModels, PriceCatalog } from '@llm-otel/pricing';
import { expect } from 'chai';

const usage = { inputTokens: 1500, outputTokens: 350 };

describe('explain', () => {
  const catalog = new PriceCatalog({
    overrides: [{ model: 'in-house', inputPerMTok: 1, outputPerMTok: 2, from: new Date('2026-01-01') }],
  });

  it('returns the price entry, its rates, and the release of the package from which it comes', () => {
    expect(catalog.explain({ provider: 'openai', model: 'gpt-4o', usage })).to.deep.equal({
      provider: 'openai',
      model: 'gpt-4o',
      source: 'catalog',
      origin: { from: '@pydantic/genai-prices 0.1.8', checked: '2026-09-23' },
      inputPerMTok: 2.5,
      outputPerMTok: 10,
      cacheReadPerMTok: 1.25,
      cacheWritePerMTok: 2.5,
    });
  });

  it('names the release that is installed', () => {
    const manifest = join(__dirname, '..', 'node_modules', '@pydantic', 'genai-prices', 'package.json');
    const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
    const origin = catalog.explain({ provider: 'openai', model: 'gpt-4o', usage })?.origin;
    expect(origin?.from).to.equal(`@pydantic/genai-prices ${version}`);
  });

  it('returns the source of a correction, and when it ended', () => {
    const at = new Date('2024-09-01');
    const explanation = catalog.explain({ provider: 'openai', model: 'gpt-4o', usage, at });
    expect(explanation).to.deep.include({
      inputPerMTok: 5,
      outputPerMTok: 15,
      until: new Date('2024-10-02'),
    });
    expect(explanation?.origin.checked).to.equal('2026-11-23');
  });

  it('distinguishes an override from the catalogue', () => {
    expect(catalog.explain({ model: 'in-house', usage })).to.deep.include({
      source: 'override',
      origin: { from: 'your override' },
      from: new Date('2026-01-01'),
    });
  });

  it("returns the rates of the call's tier", () => {
    const rate = (inputTokens: number) =>
      catalog.explain({ provider: 'google', model: 'gemini-2.5-pro', usage: { ...usage, inputTokens } })
        ?.inputPerMTok;
    expect([rate(200_000), rate(200_001)]).to.deep.equal([1.25, 2.5]);
  });

  it('is undefined for an unknown model', () => {
    expect(catalog.explain({ model: 'claude-3-opus-xyz', usage })).to.equal(undefined);
  });
});

describe('knownModels', () => {
  it('lists models of every provider, all of which have price entries', () => {
    const models = knownModels();
    expect(new Set(models.map(({ provider }) => provider))).to.have.property('size', 32);
    expect(models).to.deep.include({ provider: 'openai', model: 'gpt-4o' });
  });
});
