import type { calcPrice } from '@pydantic/genai-prices';

type GenaiPrices = { readonly calcPrice: typeof calcPrice };

let loaded: GenaiPrices | undefined;

/**
 * The price data. It takes some 50 ms to load, so that it is loaded when a catalogue is made, and not
 * when a module that might make one is imported.
 */
export function loadGenaiPrices(): GenaiPrices {
  loaded ??= require('@pydantic/genai-prices') as GenaiPrices;
  return loaded;
}
