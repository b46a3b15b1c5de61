import type { ModelPrice } from '@pydantic/genai-prices';

/** Prices as lists have them, in USD per million tokens. */
export interface ListedPrices {
  readonly input: number;
  readonly output: number;
  /** Default: as other input, for all three kinds of cached tokens. */
  readonly cacheRead?: number | undefined;
  readonly cacheWrite?: number | undefined;
  readonly cacheWrite1h?: number | undefined;
  /** The prices of calls with more input tokens than this. Those of cached tokens rise as that of other input does. */
  readonly beyond?: { readonly tokens: number; readonly input: number; readonly output: number };
}

/**
 * The prices in the package's format.
 *
 * @param times - factor of every price
 */
export function pricesOf(listed: ListedPrices, times = 1): ModelPrice {
  const { input, output, cacheRead, cacheWrite, cacheWrite1h, beyond } = listed;
  // Products of short decimals, as the lists have them: 0.11, not 0.11000000000000001.
  const times6 = (rate: number) => Math.round(rate * times * 1e6) / 1e6;
  const price = (rate: number, factor: number) =>
    beyond === undefined
      ? times6(rate)
      : { base: times6(rate), tiers: [{ start: beyond.tokens, price: times6(rate * factor) }] };
  const [inputFactor, outputFactor] =
    beyond === undefined ? [1, 1] : [beyond.input / input, beyond.output / output];
  return {
    input_mtok: price(input, inputFactor),
    output_mtok: price(output, outputFactor),
    ...(cacheRead !== undefined && { cache_read_mtok: price(cacheRead, inputFactor) }),
    ...(cacheWrite !== undefined && { cache_write_mtok: price(cacheWrite, inputFactor) }),
    ...(cacheWrite1h !== undefined && { cache_write_1h_mtok: price(cacheWrite1h, inputFactor) }),
  };
}
