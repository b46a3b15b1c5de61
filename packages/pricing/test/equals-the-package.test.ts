import { PriceCatalog } from '@llm-otel/pricing';
import type { LlmUsage } from '@llm-otel/semantic-conventions';
import { expect } from 'chai';
import fc from 'fast-check';
import { corrections } from '../src/corrections.js';
import { allNames, type KnownName } from './support/all-models.js';
import { calc } from './support/calc-price.js';

const usages: Record<string, LlmUsage> = {
  plain: { inputTokens: 1500, outputTokens: 350 },
  nothing: { inputTokens: 0, outputTokens: 0 },
  'cache read': { inputTokens: 1500, outputTokens: 350, cacheReadTokens: 1000 },
  'cache write': { inputTokens: 5000, outputTokens: 10, cacheReadTokens: 1000, cacheWriteTokens: 3000 },
  'cache write 1h': { inputTokens: 5000, outputTokens: 10, cacheWriteTokens: 3000, cacheWrite1hTokens: 2000 },
  'all from the cache': { inputTokens: 1000, outputTokens: 1, cacheReadTokens: 1000 },
  audio: { inputTokens: 900, outputTokens: 300, inputAudioTokens: 700, outputAudioTokens: 100 },
  reasoning: { inputTokens: 100, outputTokens: 4000, reasoningTokens: 3000 },
  'long context': { inputTokens: 1_000_000, outputTokens: 350, cacheReadTokens: 900_000 },
};
const dates = [
  '2024-06-01T00:00:00Z',
  '2025-06-09T23:59:59Z',
  '2026-11-22T12:00:00Z',
  '2026-11-22T20:00:00Z',
  '2027-02-01T02:00:00Z',
];

const isCorrected = ({ provider, name }: KnownName) =>
  corrections().some(
    (correction) => correction.provider === provider && correction.model.test(name.toLowerCase()),
  );

/** One-hour cache writes that the package prices like those of five minutes; `price-catalog.test.ts` tests the right price. */
const isHourOfClaude = ({ model }: KnownName, usage: LlmUsage) =>
  usage.cacheWrite1hTokens !== undefined &&
  usage.cacheWrite1hTokens > 0 &&
  model.id.includes('claude') &&
  !JSON.stringify(model.prices).includes('cache_write_1h_mtok');

describe('prices equal those of @pydantic/genai-prices', function () {
  this.timeout(60_000);
  const catalog = new PriceCatalog({ maxModels: 10_000 });

  it('for every known name, every kind of usage, and both sides of price changes', () => {
    let compared = 0;
    for (const known of allNames.filter((known) => !isCorrected(known))) {
      const { provider, name, model } = known;
      for (const [kind, usage] of Object.entries(usages)) {
        if (isHourOfClaude(known, usage)) continue;
        for (const date of Array.isArray(model.prices) ? dates : dates.slice(0, 1)) {
          const at = new Date(date);
          const expected = calc(provider, name, usage, at);
          const quote = catalog.quote({ provider, model: name, usage, at });
          if (!expected || quote === undefined) continue;
          const message = `${provider}/${name}, ${kind}, ${date}`;
          expect(quote.model, message).to.equal(expected.model.id);
          const difference = Math.abs(quote.totalUsd - expected.total_price);
          expect(difference, message).to.be.at.most(1e-12 * (1 + expected.total_price));
          compared += 1;
        }
      }
    }
    expect(compared).to.be.greaterThan(20_000);
  });

  it('for 2,000 random usages and dates', () => {
    const count = fc.nat({ max: 400_000 });
    const usage = fc
      .record({
        uncached: count,
        outputTokens: count,
        cacheReadTokens: count,
        fiveMinutes: count,
        cacheWrite1hTokens: count,
      })
      .map(({ uncached, outputTokens, cacheReadTokens, fiveMinutes, cacheWrite1hTokens }) => {
        const cacheWriteTokens = fiveMinutes + cacheWrite1hTokens;
        const inputTokens = uncached + cacheReadTokens + cacheWriteTokens;
        return { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens, cacheWrite1hTokens };
      });
    const at = fc.date({ min: new Date('2024-01-01'), max: new Date('2028-01-01'), noInvalidDate: true });
    const known = fc.constantFrom(...allNames.filter((known) => !isCorrected(known)));
    fc.assert(
      fc.property(known, usage, at, (known, usage, at) => {
        if (isHourOfClaude(known, usage)) return;
        const { provider, name } = known;
        const expected = calc(provider, name, usage, at);
        const quote = catalog.quote({ provider, model: name, usage, at });
        if (!expected || quote === undefined) return;
        expect(quote.totalUsd).to.be.closeTo(expected.total_price, 1e-12 * (1 + expected.total_price));
      }),
      { numRuns: 2000 },
    );
  });

  it('exist for every name for which the package has a price per token', () => {
    const usage = { inputTokens: 1500, outputTokens: 350 };
    const at = new Date('2026-11-22T12:00:00Z');
    const lost = allNames
      .filter(({ provider, name }) => calc(provider, name, usage, at)?.model_price.input_mtok !== undefined)
      .filter(({ provider, name }) => catalog.quote({ provider, model: name, usage, at }) === undefined)
      .map(({ provider, name }) => `${provider}/${name}`);
    expect(lost).to.deep.equal([]);
  });

  it('do not exist if the package says 0 only because it has no price per token, unless the name says free', () => {
    const usage = { inputTokens: 1500, outputTokens: 350 };
    const zero = allNames.filter(
      ({ provider, name }) => catalog.quote({ provider, model: name, usage })?.totalUsd === 0,
    );
    expect(zero).to.not.be.empty;
    expect(zero.filter(({ model }) => !model.id.endsWith(':free'))).to.deep.equal([]);
    expect(catalog.quote({ provider: 'openai', model: 'whisper-1', usage })).to.equal(undefined);
    expect(catalog.quote({ provider: 'mistral', model: 'mistral-ocr-latest', usage })).to.equal(undefined);
  });
});
