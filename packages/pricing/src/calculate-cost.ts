import { PriceCatalog } from './price-catalog.js';

let catalog: PriceCatalog | undefined;

/**
 * What a call costs today, in USD, without a catalogue of your own and without caching: the model's name
 * alone decides. The first call loads the price data.
 *
 * @returns `undefined` when the model is unknown, or a count is negative or not finite
 */
export function calculateCost(model: string, inputTokens: number, outputTokens: number): number | undefined {
  catalog ??= new PriceCatalog();
  return catalog.quote({ model, usage: { inputTokens, outputTokens } })?.totalUsd;
}
