import { calcPrice, updatePrices, waitForUpdate } from '@pydantic/genai-prices';
import type { PriceOrigin } from './price-period.js';

type Providers = Awaited<ReturnType<typeof waitForUpdate>>;

/** The release whose data is bundled. The package does not tell its version at run time; a test compares the two. */
const BUNDLED: PriceOrigin = { from: '@pydantic/genai-prices 0.1.8', checked: '2026-09-23' };

/** Kept from the first refresh on. */
let bundled: Providers;
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

/** Keeps what is bundled, to compare it with what takes its place. */
export async function keepBundledPrices(): Promise<void> {
  bundled ??= await waitForUpdate();
}

/** Whether the data in force has other prices for a model than what is bundled, which is what corrections are for. */
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

/** @throws Error when the package refuses the data; what was in force stays so */
export function replacePrices(providers: NonNullable<Providers>, from: PriceOrigin): void {
  updatePrices(({ setProviderData }) => setProviderData(providers));
  origin = from;
  version += 1;
}
