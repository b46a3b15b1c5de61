import { updatePrices, type waitForUpdate } from '@pydantic/genai-prices';
import type { PriceOrigin } from './price-period.js';

type Providers = Awaited<ReturnType<typeof waitForUpdate>>;

/** The release whose data is bundled. The package does not tell its version at run time; a test compares the two. */
const BUNDLED: PriceOrigin = { from: '@pydantic/genai-prices 0.1.8', checked: '2026-09-23' };

let origin = BUNDLED;
let version = 0;

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
  updatePrices(({ setProviderData }) => setProviderData(providers));
  origin = from;
  version += 1;
}
