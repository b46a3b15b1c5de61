import type { ConditionalPrice, ModelInfo, ModelPrice } from '@pydantic/genai-prices';
import { originOfPrices } from './genai-prices.js';
import { millisOfDay, type PricePeriod, type Rates } from './price-period.js';

/**
 * Anthropic's price for tokens cached for an hour, as a multiple of the input price. The package has it only for Anthropic
 * itself; Bedrock and Vertex charge the same (price list of litellm 1.110.2, 73 models; 2026-11-30).
 */
const HOUR_OF_CLAUDE = 2;

type Priced = Pick<PricePeriod, 'rates' | 'tiers'>;

/** The periods of a price entry of the package, in its order of precedence: the last that matches, otherwise the first. */
export function periodsOfModel(model: ModelInfo, provider: string): PricePeriod[] {
  const conditional: ConditionalPrice[] = Array.isArray(model.prices)
    ? model.prices
    : [{ prices: model.prices }];
  return conditional
    .map(({ constraint, prices }, index): PricePeriod => {
      const dated = index > 0 && constraint?.type === 'start_date' ? constraint : undefined;
      const daily = index > 0 && constraint?.type === 'time_of_date' ? constraint : undefined;
      return {
        from: dated === undefined ? Number.NEGATIVE_INFINITY : Date.parse(dated.start_date),
        until: Number.POSITIVE_INFINITY,
        timeOfDay: daily && {
          start: millisOfDay(Date.parse(`1970-01-01T${daily.start_time}`)),
          end: millisOfDay(Date.parse(`1970-01-01T${daily.end_time}`)),
        },
        ...pricesPerToken(prices, model.id),
        provider,
        model: model.id,
        source: 'catalog',
        origin: originOfPrices(),
      };
    })
    .toReversed();
}

/** Rates and tiers of one set of prices; no rates if it has none per token (an hour of audio, a page). */
export function pricesPerToken(prices: ModelPrice, id: string): Priced {
  if (prices.input_mtok === undefined && prices.output_mtok === undefined) {
    // An entry without prices means "free" or "unknown": only the name tells which.
    const free = Object.keys(prices).length === 0 && id.endsWith(':free');
    return { rates: free ? ratesAbove({ input_mtok: 0, output_mtok: 0 }, id, 0) : undefined, tiers: [] };
  }
  const starts = new Set<number>();
  for (const price of Object.values(prices))
    if (typeof price === 'object') for (const tier of price.tiers) starts.add(tier.start);
  const tiers = [...starts]
    .sort((a, b) => a - b)
    .map((above) => ({ above, rates: ratesAbove(prices, id, above + 1) }));
  return { rates: ratesAbove(prices, id, 0), tiers };
}

/** The price of each kind of token in a call with that many input tokens, with the package's fallbacks. */
function ratesAbove(prices: ModelPrice, id: string, inputTokens: number): Rates {
  const rate = (key: string): number | undefined => {
    const price = prices[key];
    if (typeof price !== 'object') return price;
    let applies = { start: Number.NEGATIVE_INFINITY, price: price.base };
    for (const tier of price.tiers)
      if (inputTokens > tier.start && tier.start > applies.start) applies = tier;
    return applies.price;
  };
  const input = rate('input_mtok') ?? 0;
  const output = rate('output_mtok') ?? 0;
  const cacheRead = rate('cache_read_mtok') ?? input;
  const cacheWrite = rate('cache_write_mtok');
  const hour = cacheWrite !== undefined && id.includes('claude') ? HOUR_OF_CLAUDE * input : cacheWrite;
  const inputAudio = rate('input_audio_mtok');
  return {
    input,
    output,
    cacheRead,
    cacheWrite: cacheWrite ?? input,
    cacheWrite1h: rate('cache_write_1h_mtok') ?? hour ?? input,
    inputAudio: inputAudio ?? input,
    cacheReadAudio: rate('cache_audio_read_mtok') ?? inputAudio ?? cacheRead,
    outputAudio: rate('output_audio_mtok') ?? output,
    reasoning: rate('output_reasoning_mtok') ?? output,
    request: (rate('requests_kcount') ?? 0) * 1000,
  };
}
