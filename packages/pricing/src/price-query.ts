import type { LlmUsage } from '@llm-otel/semantic-conventions';
import type { PriceOrigin } from './price-period.js';

/** What a price is asked for. */
export interface PriceQuery {
  /** Provider in any of its spellings (`openai`, `x_ai`, `aws.bedrock`); without it the model's name decides. */
  readonly provider?: string | undefined;
  /** Model in any of its spellings (`gpt-4o`, `openai/gpt-4o`, a Bedrock ARN, `ft:…`). */
  readonly model: string;
  readonly usage: LlmUsage;
  /**
   * When the call was made, as a `Date` or in milliseconds since the epoch: prices change.
   * @defaultValue now
   */
  readonly at?: Date | number | undefined;
  /**
   * Tier that served the call: `batch`, `flex` and `priority` have prices of their own with some providers.
   * @defaultValue the standard tier
   */
  readonly serviceTier?: string | undefined;
}

/** The price of one call, not rounded. The four parts sum to the total, but for the last bit of the numbers. */
export interface PriceQuote {
  readonly totalUsd: number;
  /** Input tokens that no cache was involved in, and the fee per request where a model has one. */
  readonly inputUsd: number;
  readonly outputUsd: number;
  readonly cacheReadUsd: number;
  readonly cacheWriteUsd: number;
  /** Provider whose price it is, as the catalogue names it. */
  readonly provider: string;
  /** Price entry that applied; several names of a model share one. */
  readonly model: string;
  readonly source: 'override' | 'catalog';
  /** The call was served in a tier that no price is known of: these are the standard prices. */
  readonly warning?: 'unknown_tier';
}

/** The price entry that a call is priced by. */
export interface PriceExplanation {
  /** Provider and model as the entry names them. */
  readonly provider: string;
  readonly model: string;
  readonly source: 'override' | 'catalog';
  readonly origin: PriceOrigin;
  /** USD per million tokens, those of the call's tier and time. */
  readonly inputPerMTok: number;
  readonly outputPerMTok: number;
  readonly cacheReadPerMTok: number;
  readonly cacheWritePerMTok: number;
  /** First moment at which the price holds; absent: since ever. */
  readonly from?: Date;
  /** First moment at which it no longer holds; absent: for ever. */
  readonly until?: Date;
}
