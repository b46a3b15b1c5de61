import type { PriceQuote } from '@llm-otel/pricing';
import {
  ATTR_LLM_COST_CACHE_READ_USD,
  ATTR_LLM_COST_CACHE_WRITE_USD,
  ATTR_LLM_COST_INPUT_USD,
  ATTR_LLM_COST_MODEL,
  ATTR_LLM_COST_OUTPUT_USD,
  ATTR_LLM_COST_SOURCE,
  ATTR_LLM_COST_STATUS,
  ATTR_LLM_COST_USD,
  LLM_COST_STATUS_VALUE_AMBIGUOUS_CACHE_TOKENS,
  LLM_COST_STATUS_VALUE_COUNTED_IN_CHILD,
  LLM_COST_STATUS_VALUE_MISSING_TOKENS,
  LLM_COST_STATUS_VALUE_UNKNOWN_MODEL,
  type LlmCall,
} from '@llm-otel/semantic-conventions';
import type { Attributes } from '@opentelemetry/api';
import { mirrors } from './mirror.js';
import type { LlmCost, ResolvedOptions } from './options.js';
import { roundUsd } from './round-usd.js';

export interface PricedCall {
  /** What the span is to carry. */
  readonly attributes: Attributes;
  /** Absent where the call has no price. */
  readonly cost?: Omit<LlmCost, 'call' | 'span'>;
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
  const { model, provider, usage, serviceTier, costUsd } = call;
  // Most agents and chains tell of no tokens, and then there is nothing to be said of their price.
  if (call.kind === 'aggregate' && usage === undefined && costUsd === undefined) return NOTHING_TO_PRICE;
  if (restates) return COUNTED_IN_CHILD;
  if (costUsd !== undefined && options.existingCost === 'keep')
    return priced({ costUsd, source: 'provider', quote: undefined }, call, options);
  if (usage === undefined) return MISSING_TOKENS;
  const quote =
    model === undefined ? undefined : options.catalog.quote({ provider, model, usage, at, serviceTier });
  if (quote === undefined) return options.unknownModel === 'zero' ? UNKNOWN_AS_ZERO : UNKNOWN;
  return priced({ costUsd: quote.totalUsd, source: 'local', quote }, call, options);
}

function priced(cost: Omit<LlmCost, 'call' | 'span'>, call: LlmCall, options: ResolvedOptions): PricedCall {
  const { costUsd, source, quote } = cost;
  // What came with the span is passed on as it is.
  const written = quote === undefined ? costUsd : roundUsd(costUsd);
  const attributes: Attributes = { [ATTR_LLM_COST_USD]: written };
  if (call.warnings?.includes('ambiguous_cache_tokens') && source === 'local')
    attributes[ATTR_LLM_COST_STATUS] = LLM_COST_STATUS_VALUE_AMBIGUOUS_CACHE_TOKENS;
  if (options.breakdown || source === 'provider') attributes[ATTR_LLM_COST_SOURCE] = source;
  if (options.breakdown && quote !== undefined) addBreakdown(attributes, quote, call);
  for (const name of options.mirror)
    Object.assign(attributes, mirrors[name]({ costUsd: written, source, quote }));
  return { attributes, cost };
}

function addBreakdown(attributes: Attributes, quote: PriceQuote, { usage }: LlmCall): void {
  attributes[ATTR_LLM_COST_INPUT_USD] = roundUsd(quote.inputUsd);
  attributes[ATTR_LLM_COST_OUTPUT_USD] = roundUsd(quote.outputUsd);
  if (usage?.cacheReadTokens) attributes[ATTR_LLM_COST_CACHE_READ_USD] = roundUsd(quote.cacheReadUsd);
  if (usage?.cacheWriteTokens) attributes[ATTR_LLM_COST_CACHE_WRITE_USD] = roundUsd(quote.cacheWriteUsd);
  attributes[ATTR_LLM_COST_MODEL] = quote.model;
}
