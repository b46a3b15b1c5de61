import { PriceCatalog } from './price-catalog.js';

let catalog: PriceCatalog | undefined;

/**
 * The cost of a call in USD, at today's prices. The model's name alone decides which price applies; for a provider,
 * cached tokens, another date or your own prices, use {@link PriceCatalog}. The first call loads the price data.
 *
 * @param model - name of the model, in any spelling
 * @param inputTokens - all input tokens
 * @param outputTokens - all output tokens, including reasoning
 * @returns the cost, not rounded; `undefined` if the model is unknown, or a count is negative or not finite
 */
export function calculateCost(model: string, inputTokens: number, outputTokens: number): number | undefined {
  catalog ??= new PriceCatalog();
  return catalog.quote({ model, usage: { inputTokens, outputTokens } })?.totalUsd;
}
