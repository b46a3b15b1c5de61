import type { ModelPrice } from '@pydantic/genai-prices';

/** A price that is wrong or missing in the package for some time. */
export interface Correction {
  /** Provider as the package spells it. */
  readonly provider: string;
  /** Matches whole names in lower case. */
  readonly model: RegExp;
  /** First day (or moment) on which it applies, and first on which it no longer does (UTC). */
  readonly from?: string;
  readonly until?: string;
  /** Only between these hours of the day (UTC), from Monday to Friday. */
  readonly weekdayHours?: readonly [start: number, end: number];
  /** Prices in the package's own format, which replace all its prices for the model. */
  readonly prices: ModelPrice;
  /** Where the price was read, and when. */
  readonly source: string;
  readonly checked: string;
}

/** The source of most corrections; the list names its own sources. */
export const LITELLM_TODAY = 'price list of litellm 1.110.2 (PyPI)';

/** @param page - the source that the list names */
export function fromLiteLlm(page: string): Pick<Correction, 'source' | 'checked'> {
  return { source: `${page}, by way of ${LITELLM_TODAY}`, checked: '2026-11-30' };
}
