import type { LlmUsage } from '@llm-otel/semantic-conventions';
import type { PriceOrigin } from './price-period.js';

/** The call to be priced. */
export interface PriceQuery {
  /**
   * Provider in any of its spellings (`openai`, `x_ai`, `aws.bedrock`).
   * @defaultValue decided by the model's name
   */
  readonly provider?: string | undefined;
  /** Model in any of its spellings (`gpt-4o`, `openai/gpt-4o`, a Bedrock ARN, `ft:…`). */
  readonly model: string;
  /**
   * The requested model, if it is not the one that served the call. Overrides for it apply where `model` is one of its
   * snapshots or another spelling of it, or where the catalogue does not know it, as the name of a deployment (unless
   * `model` is not in the catalogue either, and has an override).
   * @defaultValue `model`
   */
  readonly requestedModel?: string | undefined;
  /** Token counts of the call. */
  readonly usage: LlmUsage;
  /**
   * When the call was made, as a `Date` or in milliseconds since the Unix epoch: prices change.
   * @defaultValue now
   */
  readonly at?: Date | number | undefined;
  /**
   * Service tier that served the call: with some providers, `batch`, `flex` and `priority` have their own prices.
   * @defaultValue the standard tier
   */
  readonly serviceTier?: string | undefined;
}

/** The price of one call in USD, not rounded. The four parts sum to the total, except for the last bit of the numbers. */
export interface PriceQuote {
  /** The whole price. */
  readonly totalUsd: number;
  /** For input tokens that were neither read from nor written to the cache, and the fee per request if the model has one. */
  readonly inputUsd: number;
  /** For output tokens. */
  readonly outputUsd: number;
  /** For input tokens read from the prompt cache. */
  readonly cacheReadUsd: number;
  /** For input tokens written to the prompt cache. */
  readonly cacheWriteUsd: number;
  /** Provider whose price was applied, as the catalogue names it. */
  readonly provider: string;
  /** Price entry that was applied; several names of a model share one. */
  readonly model: string;
  /** Whether the price is your own (`override`) or the catalogue's. */
  readonly source: 'override' | 'catalog';
  /** No price is known for the service tier that served the call: these are the standard prices. */
  readonly warning?: 'unknown_tier';
}

/** The price entry that applies to a call. */
export interface PriceExplanation {
  /** Provider as the entry names it. */
  readonly provider: string;
  /** Model as the entry names it. */
  readonly model: string;
  /** Whether the price is your own (`override`) or the catalogue's. */
  readonly source: 'override' | 'catalog';
  /** Where the prices were read. */
  readonly origin: PriceOrigin;
  /** USD per million tokens, for the call's tier and time. */
  readonly inputPerMTok: number;
  readonly outputPerMTok: number;
  readonly cacheReadPerMTok: number;
  readonly cacheWritePerMTok: number;
  /** First moment at which the price applies; absent if it has no start. */
  readonly from?: Date;
  /** First moment at which the price no longer applies; absent if it has no end. */
  readonly until?: Date;
}
