import { PriceCatalog, type PriceQuote } from '@llm-otel/pricing';
import type { LlmUsage } from '@llm-otel/semantic-conventions';
import { expect } from 'chai';
import fc from 'fast-check';
import { allNames } from './support/all-models.js';

const count = fc.nat({ max: 2_000_000 });
/** Disjoint counts, so that each can grow by itself. */
const counts = fc.record({
  uncached: count,
  cacheRead: count,
  cacheWrite: count,
  cacheWrite1h: count,
  output: count,
});
type Counts = { [Key in 'uncached' | 'cacheRead' | 'cacheWrite' | 'cacheWrite1h' | 'output']: number };
const at = fc.date({ min: new Date('2023-01-01'), max: new Date('2028-01-01'), noInvalidDate: true });
const known = fc.constantFrom(...allNames);

function usageOf({ uncached, cacheRead, cacheWrite, cacheWrite1h, output }: Counts): LlmUsage {
  return {
    inputTokens: uncached + cacheRead + cacheWrite + cacheWrite1h,
    outputTokens: output,
    cacheReadTokens: cacheRead,
    cacheWriteTokens: cacheWrite + cacheWrite1h,
    cacheWrite1hTokens: cacheWrite1h,
  };
}

const partsOf = ({ inputUsd, outputUsd, cacheReadUsd, cacheWriteUsd }: PriceQuote) => [
  inputUsd,
  outputUsd,
  cacheReadUsd,
  cacheWriteUsd,
];

describe('any price', function () {
  this.timeout(60_000);
  const catalog = new PriceCatalog({ maxModels: 10_000 });
  const numRuns = 10_000;

  it('is the sum of its parts, none of which is negative or NaN', () => {
    fc.assert(
      fc.property(known, counts, at, ({ provider, name }, counts, at) => {
        const quote = catalog.quote({ provider, model: name, usage: usageOf(counts), at });
        if (quote === undefined) return;
        const parts = partsOf(quote);
        for (const part of parts) expect(part).to.be.at.least(0);
        expect(quote.totalUsd).to.be.closeTo(
          parts.reduce((sum, part) => sum + part),
          1e-12 * (1 + quote.totalUsd),
        );
      }),
      { numRuns },
    );
  });

  it('never falls when a token count grows', () => {
    const grown = fc.constantFrom('uncached', 'cacheRead', 'cacheWrite', 'cacheWrite1h', 'output');
    fc.assert(
      fc.property(known, counts, at, grown, count, ({ provider, name }, before, at, key, more) => {
        const total = (counts: Counts) =>
          catalog.quote({ provider, model: name, usage: usageOf(counts), at })?.totalUsd ?? 0;
        const after = { ...before, [key]: before[key] + more };
        expect(total(after)).to.be.at.least(total(before) * (1 - 1e-12));
      }),
      { numRuns },
    );
  });

  it('is undefined for unknown names', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), counts, (provider, model, counts) => {
        expect(catalog.quote({ provider, model: `${model}?`, usage: usageOf(counts) })).to.equal(undefined);
      }),
      { numRuns },
    );
  });

  it('is undefined or a number of 0 or more, for any counts', () => {
    const token = fc.oneof(
      { weight: 20, arbitrary: fc.double({ min: 0, max: 1e9 }) },
      { weight: 1, arbitrary: fc.anything() },
      { weight: 1, arbitrary: fc.double() },
      { weight: 1, arbitrary: fc.bigInt() },
    );
    const usage = fc.record(
      {
        inputTokens: token,
        outputTokens: token,
        cacheReadTokens: token,
        cacheWriteTokens: token,
        cacheWrite1hTokens: token,
        reasoningTokens: token,
        inputAudioTokens: token,
        outputAudioTokens: token,
      },
      { requiredKeys: ['inputTokens', 'outputTokens'] },
    );
    let priced = 0;
    fc.assert(
      fc.property(known, usage, ({ provider, name }, usage) => {
        const quote = catalog.quote({ provider, model: name, usage: usage as LlmUsage });
        if (quote === undefined) return;
        priced += 1;
        for (const usd of [quote.totalUsd, ...partsOf(quote)]) expect(usd).to.be.within(0, Number.MAX_VALUE);
      }),
      { numRuns },
    );
    expect(priced).to.be.greaterThan(100);
  });
});
