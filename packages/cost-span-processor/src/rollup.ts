import {
  ATTR_LLM_ROLLUP_CALLS,
  ATTR_LLM_ROLLUP_COST_USD,
  ATTR_LLM_ROLLUP_MODEL_COSTS_USD,
  ATTR_LLM_ROLLUP_MODELS,
  ATTR_LLM_ROLLUP_TOKENS_INPUT,
  ATTR_LLM_ROLLUP_TOKENS_OUTPUT,
} from '@llm-otel/semantic-conventions';
import type { Attributes } from '@opentelemetry/api';
import { roundUsd } from './round-usd.js';
import type { Totals } from './totals.js';

/** The attributes of a local root span about the calls in and below it. */
export function rollupAttributes(totals: Totals): Attributes {
  return {
    [ATTR_LLM_ROLLUP_CALLS]: totals.calls,
    [ATTR_LLM_ROLLUP_COST_USD]: roundUsd(totals.costUsd),
    [ATTR_LLM_ROLLUP_TOKENS_INPUT]: totals.inputTokens,
    [ATTR_LLM_ROLLUP_TOKENS_OUTPUT]: totals.outputTokens,
    [ATTR_LLM_ROLLUP_MODELS]: [...totals.costByModel.keys()],
    [ATTR_LLM_ROLLUP_MODEL_COSTS_USD]: [...totals.costByModel.values()].map(roundUsd),
  };
}
