import type { PriceQuote } from '@llm-otel/pricing';
import {
  ATTR_LLM_COST_ASSUMED_SERVICE_TIER,
  ATTR_LLM_COST_CACHE_READ_USD,
  ATTR_LLM_COST_CACHE_WRITE_USD,
  ATTR_LLM_COST_INPUT_USD,
  ATTR_LLM_COST_MODEL,
  ATTR_LLM_COST_OUTPUT_USD,
  ATTR_LLM_COST_SOURCE,
  type LlmCall,
} from '@llm-otel/semantic-conventions';
import type { Attributes } from '@opentelemetry/api';
import { writeAttributes } from './attribute-names.js';
import { mirrors } from './mirror.js';
import type { ResolvedOptions } from './options.js';
import type { PricedCall } from './price-call.js';
import { roundUsd } from './round-usd.js';

/**
 * Writes a cost directly into the attributes of a span. `setAttribute` would drop new attributes at the SDK's limit, and
 * does nothing after the span has ended.
 */
export function writeCost(
  target: Attributes,
  { writtenUsd, source, quote, status, assumesTier }: PricedCall,
  call: LlmCall,
  { costName, statusName, attributeNames, breakdown, mirror }: ResolvedOptions,
): void {
  if (status !== undefined) target[statusName] = status;
  if (writtenUsd === undefined) return;
  target[costName] = writtenUsd;
  if (quote === undefined && source === 'local') return;
  if (assumesTier)
    writeAttributes(target, { [ATTR_LLM_COST_ASSUMED_SERVICE_TIER]: 'standard' }, attributeNames);
  if (breakdown || source === 'provider')
    writeAttributes(target, { [ATTR_LLM_COST_SOURCE]: source }, attributeNames);
  if (breakdown && quote !== undefined) writeAttributes(target, partsOf(quote, call), attributeNames);
  for (const name of mirror) Object.assign(target, mirrors[name]({ costUsd: writtenUsd, source, quote }));
}

function partsOf(quote: PriceQuote, { usage }: LlmCall): Attributes {
  return {
    [ATTR_LLM_COST_INPUT_USD]: roundUsd(quote.inputUsd),
    [ATTR_LLM_COST_OUTPUT_USD]: roundUsd(quote.outputUsd),
    ...(usage?.cacheReadTokens && { [ATTR_LLM_COST_CACHE_READ_USD]: roundUsd(quote.cacheReadUsd) }),
    ...(usage?.cacheWriteTokens && { [ATTR_LLM_COST_CACHE_WRITE_USD]: roundUsd(quote.cacheWriteUsd) }),
    [ATTR_LLM_COST_MODEL]: quote.model,
  };
}
