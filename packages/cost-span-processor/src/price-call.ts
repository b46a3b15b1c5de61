import type { PriceQuote } from '@llm-otel/pricing';
import {
  ATTR_LLM_COST_CACHE_READ_USD,
  ATTR_LLM_COST_CACHE_WRITE_USD,
  ATTR_LLM_COST_INPUT_USD,
  ATTR_LLM_COST_MODEL,
  ATTR_LLM_COST_OUTPUT_USD,
  ATTR_LLM_COST_STATUS,
  ATTR_LLM_COST_USD,
  LLM_COST_STATUS_VALUE_AMBIGUOUS_CACHE_TOKENS,
  LLM_COST_STATUS_VALUE_COUNTED_IN_CHILD,
  LLM_COST_STATUS_VALUE_MISSING_TOKENS,
  LLM_COST_STATUS_VALUE_UNKNOWN_MODEL,
  type LlmCall,
} from '@llm-otel/semantic-conventions';
import type { ResolvedOptions } from './options.js';
import { roundUsd } from './round-usd.js';

export type CostAttributes = Record<string, string | number>;

export interface PricedCall {
  /** What the span is to carry. */
  readonly attributes: CostAttributes;
  readonly quote?: PriceQuote;
}

const COUNTED_IN_CHILD: PricedCall = {
  attributes: { [ATTR_LLM_COST_STATUS]: LLM_COST_STATUS_VALUE_COUNTED_IN_CHILD },
};
const MISSING_TOKENS: PricedCall = {
  attributes: { [ATTR_LLM_COST_STATUS]: LLM_COST_STATUS_VALUE_MISSING_TOKENS },
};
const UNKNOWN: PricedCall = {
  attributes: { [ATTR_LLM_COST_STATUS]: LLM_COST_STATUS_VALUE_UNKNOWN_MODEL },
};
const UNKNOWN_AS_ZERO: PricedCall = {
  attributes: { [ATTR_LLM_COST_USD]: 0, ...UNKNOWN.attributes },
};
const NOTHING_TO_PRICE: PricedCall = { attributes: {} };

/**
 * Prices one call. It changes nothing, and throws only what the catalogue throws.
 *
 * @param at - when the call was made
 * @param restates - whether its tokens are those of calls below it
 */
export function priceCall(call: LlmCall, at: Date, restates: boolean, options: ResolvedOptions): PricedCall {
  const { model, provider, usage, serviceTier } = call;
  // Most agents and chains tell of no tokens, and then there is nothing to be said of their price.
  if (call.kind === 'aggregate' && usage === undefined) return NOTHING_TO_PRICE;
  if (restates) return COUNTED_IN_CHILD;
  if (usage === undefined) return MISSING_TOKENS;
  const quote =
    model === undefined ? undefined : options.catalog.quote({ provider, model, usage, at, serviceTier });
  if (quote === undefined) return options.unknownModel === 'zero' ? UNKNOWN_AS_ZERO : UNKNOWN;

  const attributes: CostAttributes = { [ATTR_LLM_COST_USD]: roundUsd(quote.totalUsd) };
  if (call.warnings?.includes('ambiguous_cache_tokens'))
    attributes[ATTR_LLM_COST_STATUS] = LLM_COST_STATUS_VALUE_AMBIGUOUS_CACHE_TOKENS;
  if (options.breakdown) addBreakdown(attributes, quote, call);
  return { attributes, quote };
}

function addBreakdown(attributes: CostAttributes, quote: PriceQuote, { usage }: LlmCall): void {
  attributes[ATTR_LLM_COST_INPUT_USD] = roundUsd(quote.inputUsd);
  attributes[ATTR_LLM_COST_OUTPUT_USD] = roundUsd(quote.outputUsd);
  if (usage?.cacheReadTokens) attributes[ATTR_LLM_COST_CACHE_READ_USD] = roundUsd(quote.cacheReadUsd);
  if (usage?.cacheWriteTokens) attributes[ATTR_LLM_COST_CACHE_WRITE_USD] = roundUsd(quote.cacheWriteUsd);
  attributes[ATTR_LLM_COST_MODEL] = quote.model;
}
