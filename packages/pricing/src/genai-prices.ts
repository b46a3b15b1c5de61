import type { PriceOrigin } from './price-period.js';

type GenaiPrices = typeof import('@pydantic/genai-prices');
type Providers = Awaited<ReturnType<GenaiPrices['waitForUpdate']>>;

/** The release whose data is bundled. The package does not tell its version at run time; a test compares the two. */
const BUNDLED: PriceOrigin = { from: '@pydantic/genai-prices 0.1.8', checked: '2026-09-23' };

let loaded: GenaiPrices | undefined;
let origin = BUNDLED;
let version = 0;

/**
 * The price data. It takes some 50 ms to load, so that it is loaded when a catalogue is made, and not
 * when a module that might make one is imported.
 */
export function loadGenaiPrices(): GenaiPrices {
  loaded ??= require('@pydantic/genai-prices') as GenaiPrices;
  return loaded;
}

/** Where the data in force is from. */
export function originOfPrices(): PriceOrigin {
  return origin;
}

/** Changes whenever the data does: what was learned from older data holds no longer. */
export function versionOfPrices(): number {
  return version;
}

/** @throws Error when the package refuses the data; what was in force stays so */
export function replacePrices(providers: NonNullable<Providers>, from: PriceOrigin): void {
  loadGenaiPrices().updatePrices(({ setProviderData }) => setProviderData(providers));
  origin = from;
  version += 1;
}
