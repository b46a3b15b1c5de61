import { calcPrice, updatePrices, waitForUpdate } from '@pydantic/genai-prices';
import type { PriceOrigin } from './price-period.js';

type Providers = Awaited<ReturnType<typeof waitForUpdate>>;

/** The release whose data is bundled. The package does not expose its version at run time; a test compares the two. */
const BUNDLED: PriceOrigin = { from: '@pydantic/genai-prices 0.1.8', checked: '2026-09-23' };

/** Kept from the first refresh on. */
let bundled: Providers;
let origin = BUNDLED;
let version = 0;

/** The origin of the current data. */
export function originOfPrices(): PriceOrigin {
  return origin;
}

/** Changes whenever the data does: what was remembered from older data is then invalid. */
export function versionOfPrices(): number {
  return version;
}

/** Keeps the bundled data, to compare it with the data that replaces it. */
export async function keepBundledPrices(): Promise<void> {
  bundled ??= await waitForUpdate();
}

/** Whether the current data has other prices for a model than the bundled data, to which corrections refer. */
export function isPricedAnew(provider: string, model: string): boolean {
  const seller = bundled?.find(({ id }) => id === provider);
  return (
    seller !== undefined && listed(model, { provider: seller }) !== listed(model, { providerId: provider })
  );
}

function listed(model: string, where: Parameters<typeof calcPrice>[2]): string | undefined {
  try {
    return JSON.stringify(calcPrice({}, model, where)?.model.prices);
  } catch {
    return undefined;
  }
}

/** @throws Error if the package refuses the data; the current data then stays in force */
export function replacePrices(providers: NonNullable<Providers>, from: PriceOrigin): void {
  updatePrices(({ setProviderData }) => setProviderData(providers));
  origin = from;
  version += 1;
}
