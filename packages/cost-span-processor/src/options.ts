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

/** A priced call, as passed to `onCost`. */
export interface LlmCost {
  /** The cost in USD, not rounded. */
  readonly costUsd: number;
  /** Whether the cost was already on the span (`provider`) or was computed here (`local`). */
  readonly source: 'provider' | 'local';
  /** The parts of the cost; `undefined` if the cost was already on the span. */
  readonly quote: PriceQuote | undefined;
  /** The call, as read from its span. */
  readonly call: LlmCall;
  /** The span that is ending. */
  readonly span: ReadableSpan;
}

/** Options of {@link LlmCostSpanProcessor}. */
export interface LlmCostSpanProcessorOptions {
  /**
   * Where prices come from: a `PriceCatalog`, or any object with its `quote` method. Several processors may share one.
   * @defaultValue a new `PriceCatalog` with `overrides`
   */
  readonly catalog?: Pick<PriceCatalog, 'quote'> | undefined;
  /**
   * Your own prices, for the catalogue that is created if `catalog` is not given. The two options exclude each other.
   * @defaultValue none
   */
  readonly overrides?: readonly PriceOverride[] | undefined;
  /**
   * What is written for a model without a known price: `omit` writes no cost, `zero` writes a cost of 0. Both write
   * the status `unknown_model`.
   * @defaultValue `omit`
   */
  readonly unknownModel?: 'omit' | 'zero' | undefined;
  /**
   * Whether the parts of the cost, and the price entry that was applied, are written as well.
   * @defaultValue `false`
   */
  readonly breakdown?: boolean | undefined;
  /**
   * What happens to a cost that is already on the span, because the provider's response reported it or another
   * instrumentation computed it: `keep` passes it on as it is, `recompute` prices the call from its tokens.
   * @defaultValue `keep`
   */
  readonly existingCost?: 'keep' | 'recompute' | undefined;
  /**
   * Further names under which the cost is written, for backends that read those.
   * @defaultValue none
   */
  readonly mirror?: readonly MirrorName[] | undefined;
  /**
   * Whether local root spans get the totals of the calls in and below them (`llm.rollup.*`).
   * @defaultValue `false`
   */
  readonly rollup?: boolean | undefined;
  /**
   * Where metrics go: the histogram `gen_ai.client.token.usage`, and the counters `llm.cost` (USD),
   * `llm.cost.priced_spans` and `llm.cost.unpriced_spans` (by `llm.cost.status`).
   * @defaultValue no metrics
   */
  readonly meterProvider?: MeterProvider | undefined;
  /**
   * Whether `gen_ai.client.token.usage` is among the metrics. Turn it off if the instrumentation records that metric itself,
   * as `@llm-otel/tracing` with a `meterProvider` does: backends would add up the two. Requires `meterProvider`.
   * @defaultValue `true`
   */
  readonly tokenMetric?: boolean | undefined;
  /**
   * Attributes that the metrics carry beside provider, model and operation. They are read from the span, or else from
   * the baggage with which it started. Each value creates a time series: tenants are fine, request ids are not.
   * Requires `meterProvider`.
   * @defaultValue none
   */
  readonly metricAttributes?: readonly string[] | undefined;
  /**
   * Other names for the attributes that the processor writes, as in `{ 'llm.cost_usd': 'acme.cost' }`.
   * @defaultValue its own names
   */
  readonly attributeNames?: { readonly [Name in CostAttributeName]?: string } | undefined;
  /**
   * Your own dialects, in which your spans describe calls. They take precedence over the built-in ones.
   * @defaultValue none
   */
  readonly dialects?: readonly DialectEntry[] | undefined;
  /**
   * Called for each priced call, synchronously within `span.end()`: keep it short. What it throws, or rejects with, is
   * reported to `diag` and goes no further.
   * @defaultValue none
   */
  readonly onCost?: ((cost: LlmCost) => void) | undefined;
}

/** {@link LlmCostSpanProcessorOptions} with all defaults applied. */
export interface ResolvedOptions {
  readonly catalog: Pick<PriceCatalog, 'quote'>;
  readonly unknownModel: 'omit' | 'zero';
  readonly breakdown: boolean;
  readonly existingCost: 'keep' | 'recompute';
  readonly mirror: readonly MirrorName[];
  readonly rollup: boolean;
  readonly meterProvider: MeterProvider | undefined;
  readonly tokenMetric: boolean;
  readonly metricAttributes: readonly string[];
  readonly attributeNames: AttributeNames;
  /** What `llm.cost_usd` and `llm.cost.status` are called. */
  readonly costName: string;
  readonly statusName: string;
  readonly reader: LlmCallReader;
  readonly onCost: ((cost: LlmCost) => void) | undefined;
}

const namesByName: Check = (value) => {
  if (anObject(value) !== undefined) return 'an object of attribute names';
  for (const [name, other] of Object.entries(value as object)) {
    if (!costAttributeNames.has(name))
      return `an object of attribute names with the keys ${[...costAttributeNames].join(', ')}, without "${name}"`;
    if (typeof other !== 'string' || other === '')
      return `an object of attribute names in which "${name}" is a non-empty string`;
  }
  return undefined;
};

const OWNER = 'LlmCostSpanProcessor';

/** @throws TypeError for an invalid option */
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
    tokenMetric: aBoolean,
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
    tokenMetric,
    metricAttributes = [],
    attributeNames = {},
    dialects,
    onCost,
  } = options ?? {};
  if (catalog !== undefined && overrides !== undefined)
    throw new TypeError(
      `${OWNER}: options "catalog" and "overrides" exclude each other: give the overrides to the catalogue's constructor.`,
    );
  if (metricAttributes.length > 0 && meterProvider === undefined)
    throw new TypeError(
      `${OWNER}: option "metricAttributes" needs the option "meterProvider", which records the metrics.`,
    );
  if (tokenMetric !== undefined && meterProvider === undefined)
    throw new TypeError(
      `${OWNER}: option "tokenMetric" needs the option "meterProvider", which records the metrics.`,
    );
  return {
    catalog: catalog ?? new PriceCatalog(overrides && { overrides }),
    unknownModel,
    breakdown,
    existingCost,
    mirror,
    rollup,
    meterProvider,
    tokenMetric: tokenMetric ?? true,
    metricAttributes,
    attributeNames: new Map(Object.entries(attributeNames)),
    costName: attributeNames[ATTR_LLM_COST_USD] ?? ATTR_LLM_COST_USD,
    statusName: attributeNames[ATTR_LLM_COST_STATUS] ?? ATTR_LLM_COST_STATUS,
    reader: new LlmCallReader(dialects),
    onCost,
  };
}
