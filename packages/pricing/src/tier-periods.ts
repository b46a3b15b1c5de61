import type { PricePeriod, Rates } from './price-period.js';
import { type TierPrices, tierPrices } from './service-tiers.js';

/** The periods of a model in a tier; `undefined` if no price is known for it. */
export function periodsInTier(
  periods: readonly PricePeriod[],
  model: string,
  tier: string,
): PricePeriod[] | undefined {
  const [{ provider } = { provider: undefined }] = periods;
  const prices = tierPrices.find(
    (each) => each.provider === provider && each.tier === tier && each.model.test(model),
  );
  return (
    prices &&
    periods.map((period) => ({
      ...period,
      serviceTier: tier,
      rates: period.rates && inTier(period.rates, prices),
      tiers: period.tiers.map(({ above, rates }) => ({ above, rates: inTier(rates, prices) })),
      origin: {
        from: `${period.origin.from}, × ${Number(prices.times.toFixed(3))} (${tier}: ${prices.source})`,
        checked: prices.checked,
      },
    }))
  );
}

function inTier(rates: Rates, { times, cached = times }: TierPrices): Rates {
  const input = rates.input * times;
  const inputAudio = rates.inputAudio * times;
  const cachedRate = (rate: number, uncached: number) => (cached === 'input' ? uncached : rate * cached);
  return {
    input,
    output: rates.output * times,
    cacheRead: cachedRate(rates.cacheRead, input),
    cacheWrite: cachedRate(rates.cacheWrite, input),
    cacheWrite1h: cachedRate(rates.cacheWrite1h, input),
    inputAudio,
    cacheReadAudio: cachedRate(rates.cacheReadAudio, inputAudio),
    outputAudio: rates.outputAudio * times,
    reasoning: rates.reasoning * times,
    request: rates.request * times,
  };
}
