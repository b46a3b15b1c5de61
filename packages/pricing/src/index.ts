export { calculateCost } from './calculate-cost.js';
export type { PriceCatalogOptions } from './options.js';
export { PriceCatalog } from './price-catalog.js';
export type { PriceOverride } from './price-override.js';
export type { PriceQuery, PriceQuote } from './price-query.js';
