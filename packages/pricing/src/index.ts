export { calculateCost } from './calculate-cost.js';
export { type KnownModel, knownModels } from './known-models.js';
export type { PriceCatalogOptions } from './options.js';
export { PriceCatalog } from './price-catalog.js';
export type { PriceOverride } from './price-override.js';
export type { PriceOrigin } from './price-period.js';
export type { PriceExplanation, PriceQuery, PriceQuote } from './price-query.js';
export {
  type KeepFreshOptions,
  keepPricesFresh,
  type RefreshOptions,
  refreshPrices,
} from './refresh-prices.js';
