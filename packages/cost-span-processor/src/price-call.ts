import type { PriceCatalog, PriceQuery, PriceQuote } from '@llm-otel/pricing';
import {
  LLM_COST_STATUS_VALUE_AMBIGUOUS_CACHE_TOKENS,
  LLM_COST_STATUS_VALUE_COUNTED_IN_CHILD,
  LLM_COST_STATUS_VALUE_INEXACT_TOKENS,
  LLM_COST_STATUS_VALUE_MISSING_TOKENS,
  LLM_COST_STATUS_VALUE_UNKNOWN_MODEL,
  LLM_COST_STATUS_VALUE_UNKNOWN_TIER,
  type LlmCall,
} from '@llm-otel/semantic-conventions';
import type { ResolvedOptions } from './options.js';
import { roundUsd } from './round-usd.js';

export interface PricedCall {
  /** The cost in USD, not rounded; `undefined` if there is none. */
  readonly costUsd: number | undefined;
  /** The cost to be written to the span. */
  readonly writtenUsd: number | undefined;
  readonly source: 'provider' | 'local';
  /** `undefined` if the cost was already on the span. */
  readonly quote: PriceQuote | undefined;
  /** Why there is no cost, or why it is in doubt. */
  readonly status: string | undefined;
  /** Whether the price is that of the standard tier because nobody tells the tier, and another tier has another price. */
  readonly assumesTier: boolean;
}

/** Tiers at which a single call may be served, and which may have prices of their own. */
const OTHER_TIERS = ['flex', 'priority'];

function unpriced(status: string | undefined, writtenUsd?: number): PricedCall {
  return { costUsd: undefined, writtenUsd, source: 'local', quote: undefined, status, assumesTier: false };
}

const COUNTED_IN_CHILD = unpriced(LLM_COST_STATUS_VALUE_COUNTED_IN_CHILD);
const MISSING_TOKENS = unpriced(LLM_COST_STATUS_VALUE_MISSING_TOKENS);
const UNKNOWN = unpriced(LLM_COST_STATUS_VALUE_UNKNOWN_MODEL);
const UNKNOWN_AS_ZERO = unpriced(LLM_COST_STATUS_VALUE_UNKNOWN_MODEL, 0);
const NOTHING_TO_PRICE = unpriced(undefined);

/**
 * Prices one call. It changes nothing, and throws only what the catalogue throws.
 *
 * @param atMillis - when the call was made
 * @param repeats - whether its tokens are those of calls below it
 */
export function priceCall(
  call: LlmCall,
  atMillis: number,
  repeats: boolean,
  options: ResolvedOptions,
): PricedCall {
  const { model, requestedModel, provider, usage, serviceTier, costUsd } = call;
  // Most agents and chains have no tokens: nothing can be said about their cost.
  if (call.kind === 'aggregate' && usage === undefined && costUsd === undefined) return NOTHING_TO_PRICE;
  if (repeats) return COUNTED_IN_CHILD;
  // A cost that is already on the span is passed on as it is.
  if (costUsd !== undefined && options.existingCost === 'keep')
    return {
      costUsd,
      writtenUsd: costUsd,
      source: 'provider',
      quote: undefined,
      status: undefined,
      assumesTier: false,
    };
  if (usage === undefined) return MISSING_TOKENS;
  const query =
    model === undefined ? undefined : { provider, model, requestedModel, usage, at: atMillis, serviceTier };
  const quote = query && options.catalog.quote(query);
  if (query === undefined || quote === undefined)
    return options.unknownModel === 'zero' ? UNKNOWN_AS_ZERO : UNKNOWN;
  const { totalUsd } = quote;
  return {
    costUsd: totalUsd,
    writtenUsd: roundUsd(totalUsd),
    source: 'local',
    quote,
    status: doubtOf(call, quote),
    assumesTier: call.isTierUntold === true && dependsOnTier(query, totalUsd, options.catalog),
  };
}

function dependsOnTier(
  query: PriceQuery,
  standardUsd: number,
  catalog: Pick<PriceCatalog, 'quote'>,
): boolean {
  return OTHER_TIERS.some((serviceTier) => {
    const other = catalog.quote({ ...query, serviceTier });
    return other !== undefined && other.totalUsd !== standardUsd;
  });
}

/** The price of a call that failed before it recorded anything, although calls that will never end seem to be below it. */
export function priceOfLost(priced: PricedCall): PricedCall {
  return priced === NOTHING_TO_PRICE ? MISSING_TOKENS : priced;
}

function doubtOf({ warnings }: LlmCall, quote: PriceQuote): string | undefined {
  if (warnings?.includes('ambiguous_cache_tokens')) return LLM_COST_STATUS_VALUE_AMBIGUOUS_CACHE_TOKENS;
  if (warnings?.includes('inexact_token_counts')) return LLM_COST_STATUS_VALUE_INEXACT_TOKENS;
  return quote.warning === undefined ? undefined : LLM_COST_STATUS_VALUE_UNKNOWN_TIER;
}
