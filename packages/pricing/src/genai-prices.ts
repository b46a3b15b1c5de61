import type { calcPrice, findProvider } from '@pydantic/genai-prices';
import type { PriceOrigin } from './price-period.js';

type GenaiPrices = { readonly calcPrice: typeof calcPrice; readonly findProvider: typeof findProvider };

/** The release whose data is in force. The package does not tell its version at run time; a test compares the two. */
export const GENAI_PRICES: PriceOrigin = { from: '@pydantic/genai-prices 0.1.8', checked: '2026-09-23' };

let loaded: GenaiPrices | undefined;

/**
 * The price data. It takes some 50 ms to load, so that it is loaded when a catalogue is made, and not
 * when a module that might make one is imported.
 */
export function loadGenaiPrices(): GenaiPrices {
  loaded ??= require('@pydantic/genai-prices') as GenaiPrices;
  return loaded;
}
