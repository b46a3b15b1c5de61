import type { ModelPrice } from '@pydantic/genai-prices';

/** A price that the package has wrong, or lacks, for a time. */
export interface Correction {
  /** Provider as the package spells it. */
  readonly provider: string;
  /** Fits whole names in lower case. */
  readonly model: RegExp;
  /** First day (or moment), and first day no longer, on which it holds (UTC). */
  readonly from?: string;
  readonly until?: string;
  /** Only between these hours of the day (UTC), from Monday to Friday. */
  readonly weekdayHours?: readonly [start: number, end: number];
  /** In the package's own format, and in place of all its prices for the model. */
  readonly prices: ModelPrice;
  /** Where the price was read, and when. */
  readonly source: string;
  readonly checked: string;
}

/** Where most was read; the list names its own sources. */
export const LITELLM_TODAY = 'price list of litellm 1.110.2 (PyPI)';

/** @param page - the source that the list names */
export function fromLiteLlm(page: string): Pick<Correction, 'source' | 'checked'> {
  return { source: `${page}, by way of ${LITELLM_TODAY}`, checked: '2026-11-30' };
}
