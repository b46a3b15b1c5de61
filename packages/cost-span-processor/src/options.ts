import {
  aBoolean,
  aFunction,
  anArrayOf,
  anObject,
  anObjectWith,
  aString,
  type Check,
  checkOptions,
  oneOf,
} from '@llm-otel/common';
import { PriceCatalog, type PriceOverride, type PriceQuote } from '@llm-otel/pricing';
import {
  ATTR_LLM_COST_STATUS,
  ATTR_LLM_COST_USD,
  type DialectEntry,
  type LlmCall,
  LlmCallReader,
} from '@llm-otel/semantic-conventions';
import type { MeterProvider } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { type AttributeNames, type CostAttributeName, costAttributeNames } from './attribute-names.js';
import { type MirrorName, mirrors } from './mirror.js';

/** A call that got a price, as `onCost` is told of it. */
export interface LlmCost {
  /** The price, not rounded. */
  readonly costUsd: number;
  /** Whether it came with the span or was computed here. */
  readonly source: 'provider' | 'local';
  /** Its parts; absent where the price came with the span. */
  readonly quote: PriceQuote | undefined;
  /** The call as its span tells it. */
  readonly call: LlmCall;
  readonly span: ReadableSpan;
}

/** Options of {@link LlmCostSpanProcessor}. */
export interface LlmCostSpanProcessorOptions {
  /**
   * Where prices come from: a `PriceCatalog`, or anything with its `quote`.
   * @defaultValue a new `PriceCatalog` with `overrides`
   */
  readonly catalog?: Pick<PriceCatalog, 'quote'> | undefined;
  /**
   * Prices of your own, for the catalogue that is made when `catalog` is not given.
   * @defaultValue none
   */
  readonly overrides?: readonly PriceOverride[] | undefined;
  /**
   * What a model without a known price costs: `omit` writes no price, `zero` writes 0. Both write why.
   * @defaultValue `omit`
   */
  readonly unknownModel?: 'omit' | 'zero' | undefined;
  /**
   * Whether to write the parts of the price, and the price entry that it was taken from, as well.
   * @defaultValue `false`
   */
  readonly breakdown?: boolean | undefined;
  /**
   * What becomes of a cost that is in the span already, because the provider's response told it or another
   * instrumentation computed it: `keep` passes it on as it is, `recompute` prices the call by its tokens.
   * @defaultValue `keep`
   */
  readonly existingCost?: 'keep' | 'recompute' | undefined;
  /**
   * Other names to write the cost under as well, for backends that read those.
   * @defaultValue none
   */
  readonly mirror?: readonly MirrorName[] | undefined;
  /**
   * Whether local root spans get the totals of the calls in them and below them (`llm.rollup.*`).
   * @defaultValue `false`
   */
  readonly rollup?: boolean | undefined;
  /**
   * Records `gen_ai.client.token.usage` and counts what calls cost (`llm.cost`, USD), and the spans that have a
   * price (`llm.cost.priced_spans`) or none (`llm.cost.unpriced_spans`, by `llm.cost.status`).
   * @defaultValue no metrics
   */
  readonly meterProvider?: MeterProvider | undefined;
  /**
   * Attributes that metrics carry beside provider, model and operation: taken from the span, or else from
   * the baggage that it started with. Each value makes a time series: tenants will do, request ids won't.
   * @defaultValue none
   */
  readonly metricAttributes?: readonly string[] | undefined;
  /**
   * Names of your own for what the processor writes, as in `{ 'llm.cost_usd': 'acme.cost' }`.
   * @defaultValue its own names
   */
  readonly attributeNames?: { readonly [Name in CostAttributeName]?: string } | undefined;
  /**
   * Dialects of your own, in which your spans tell of calls; they go before the ones that are built in.
   * @defaultValue none
   */
  readonly dialects?: readonly DialectEntry[] | undefined;
  /**
   * Is told of each priced call as its span ends, on the caller's path: keep it short. What it throws, or
   * rejects with, is reported and goes no further.
   * @defaultValue nobody is told
   */
  readonly onCost?: ((cost: LlmCost) => void) | undefined;
}

export interface ResolvedOptions {
  readonly catalog: Pick<PriceCatalog, 'quote'>;
  readonly unknownModel: 'omit' | 'zero';
  readonly breakdown: boolean;
  readonly existingCost: 'keep' | 'recompute';
  readonly mirror: readonly MirrorName[];
  readonly rollup: boolean;
  readonly meterProvider: MeterProvider | undefined;
  readonly metricAttributes: readonly string[];
  readonly attributeNames: AttributeNames;
  /** What `llm.cost_usd` and `llm.cost.status` are called. */
  readonly costName: string;
  readonly statusName: string;
  readonly reader: LlmCallReader;
  readonly onCost: ((cost: LlmCost) => void) | undefined;
}

const namesByName: Check = (value) => {
  if (anObject(value) !== undefined) return 'an object of names';
  for (const [name, other] of Object.entries(value as object)) {
    if (!costAttributeNames.has(name))
      return `an object of names in which "${name}" is one of ${[...costAttributeNames].join(', ')}`;
    if (typeof other !== 'string' || other === '') return `an object of names in which "${name}" has a name`;
  }
  return undefined;
};

const OWNER = 'LlmCostSpanProcessor';

/** @throws TypeError when an option can't be right */
export function resolveOptions(options: LlmCostSpanProcessorOptions | undefined): ResolvedOptions {
  checkOptions<LlmCostSpanProcessorOptions>(OWNER, options, {
    catalog: anObjectWith('quote', 'a PriceCatalog'),
    overrides: anArrayOf(anObject),
    unknownModel: oneOf('omit', 'zero'),
    breakdown: aBoolean,
    existingCost: oneOf('keep', 'recompute'),
    mirror: anArrayOf(oneOf(...Object.keys(mirrors))),
    rollup: aBoolean,
    meterProvider: anObjectWith('getMeter', 'a MeterProvider'),
    metricAttributes: anArrayOf(aString),
    attributeNames: namesByName,
    dialects: anArrayOf(anObject),
    onCost: aFunction,
  });
  const {
    catalog,
    overrides,
    unknownModel = 'omit',
    breakdown = false,
    existingCost = 'keep',
    mirror = [],
    rollup = false,
    meterProvider,
    metricAttributes = [],
    attributeNames = {},
    dialects,
    onCost,
  } = options ?? {};
  if (catalog !== undefined && overrides !== undefined)
    throw new TypeError(
      `${OWNER}: give either "catalog" or "overrides": overrides belong to the catalogue that they are for.`,
    );
  if (metricAttributes.length > 0 && meterProvider === undefined)
    throw new TypeError(
      `${OWNER}: option "metricAttributes" needs a "meterProvider" to record metrics with.`,
    );
  return {
    catalog: catalog ?? new PriceCatalog(overrides && { overrides }),
    unknownModel,
    breakdown,
    existingCost,
    mirror,
    rollup,
    meterProvider,
    metricAttributes,
    attributeNames: new Map(Object.entries(attributeNames)),
    costName: attributeNames[ATTR_LLM_COST_USD] ?? ATTR_LLM_COST_USD,
    statusName: attributeNames[ATTR_LLM_COST_STATUS] ?? ATTR_LLM_COST_STATUS,
    reader: new LlmCallReader(dialects),
    onCost,
  };
}
