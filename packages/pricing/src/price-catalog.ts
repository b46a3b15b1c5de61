import { calcPrice } from '@pydantic/genai-prices';
import { acceptsName, isSnapshot } from './accepts-name.js';
import { BoundedMemo } from './bounded-memo.js';
import type { Correction } from './correction.js';
import { corrections } from './corrections.js';
import { costOfUsage } from './cost-of-usage.js';
import { isPricedAnew, versionOfPrices } from './genai-prices.js';
import { MAX_NAME_LENGTH, type Reading, readingsOf } from './model-names.js';
import { type PriceCatalogOptions, resolveOptions } from './options.js';
import { periodsOfModel, pricesPerToken } from './periods-of-model.js';
import type { ResolvedOverride } from './price-override.js';
import { type PricePeriod, periodAt, ratesFor } from './price-period.js';
import type { PriceExplanation, PriceQuery, PriceQuote } from './price-query.js';
import { type Periods, PricesOfModel } from './prices-of-model.js';
import { normalizeProvider } from './provider-names.js';
import { misattributed } from './resold-prices.js';
import { normalizeTier } from './service-tiers.js';

const HOUR_MILLIS = 3_600_000;

const UNKNOWN = new PricesOfModel([], [], '');

/**
 * Prices calls: synchronously, offline, and by the date of the call. Construction loads the price data (about 50 ms, once
 * per process). The first quote for a model looks it up (about 0.1 ms); every further one is arithmetic.
 */
export class PriceCatalog {
  readonly #overrides: readonly ResolvedOverride[];
  readonly #maxModels: number;
  #memo: BoundedMemo<PricesOfModel>;
  #version = versionOfPrices();
  /** Both are read at construction, because their first use loads the package: that must not happen while a span ends. */
  readonly #calcPrice = calcPrice;
  readonly #corrections = corrections();

  /** @throws TypeError if an option is invalid; for an override, it says which one. */
  constructor(options: PriceCatalogOptions = {}) {
    const { overrides, maxModels } = resolveOptions(options);
    this.#overrides = overrides;
    this.#maxModels = maxModels;
    this.#memo = new BoundedMemo(maxModels);
  }

  /**
   * The price of one call, at the rates that applied when it was made. It never throws.
   *
   * @returns `undefined` if the model has no known price, the date is invalid, or the token counts are impossible
   *   (negative, not finite, more cached tokens than input tokens): never a guess, and 0 only for free models
   */
  quote(query: PriceQuery): PriceQuote | undefined {
    if (typeof query !== 'object' || query === null) return undefined;
    const { usage } = query;
    const period = this.#periodFor(query);
    if (period === undefined || typeof usage !== 'object' || usage === null) return undefined;
    const rates = ratesFor(period, usage.inputTokens);
    const quote = rates && costOfUsage(usage, rates, period);
    if (quote === undefined) return undefined;
    return isOfAnotherTier(period, query.serviceTier) ? { ...quote, warning: 'unknown_tier' } : quote;
  }

  /**
   * The price entry that applies to a call, and where its prices were read.
   *
   * @returns `undefined` if the model has no known price
   */
  explain(query: PriceQuery): PriceExplanation | undefined {
    const period = this.#periodFor(query);
    const rates = period && ratesFor(period, query.usage.inputTokens);
    if (period === undefined || rates === undefined) return undefined;
    const { provider, model, source, origin, from, until } = period;
    return {
      provider,
      model,
      source,
      origin,
      inputPerMTok: rates.input,
      outputPerMTok: rates.output,
      cacheReadPerMTok: rates.cacheRead,
      cacheWritePerMTok: rates.cacheWrite,
      ...(Number.isFinite(from) && { from: new Date(from) }),
      ...(Number.isFinite(until) && { until: new Date(until) }),
    };
  }

  #periodFor({ provider, model, requestedModel, at, serviceTier }: PriceQuery): PricePeriod | undefined {
    if (typeof model !== 'string') return undefined;
    if (this.#version !== versionOfPrices()) this.#forget();
    const seller = typeof provider === 'string' ? provider : '';
    // Without overrides, the requested model has no effect.
    const requested = this.#overrides.length > 0 && isName(requestedModel) ? requestedModel : model;
    const names = requested === model ? model : `${model}\n${requested}`;
    const prices = this.#memo.get(seller, names) ?? this.#learn(seller, model, requested, names);
    const tier = normalizeTier(serviceTier);
    const periods = tier === undefined ? prices.standard : prices.in(tier);
    return periodAt(periods, at === undefined ? Date.now() : millisOf(at));
  }

  #forget(): void {
    this.#memo = new BoundedMemo(this.#maxModels);
    this.#version = versionOfPrices();
  }

  /** @param names - the key under which the prices are remembered */
  #learn(provider: string, model: string, requested: string, names: string): PricesOfModel {
    if (model.length > MAX_NAME_LENGTH || provider.length > MAX_NAME_LENGTH) return UNKNOWN;
    const prices = this.#pricesOf(provider, model, requested);
    // With a line break, it could be the key of two other names.
    if (!model.includes('\n')) this.#memo.add(provider, names, prices);
    return prices;
  }

  #pricesOf(provider: string, model: string, requested: string): PricesOfModel {
    const { name, periods } = this.#listed(readingsOf(provider, model));
    const asked = provider.trim() === '' ? undefined : normalizeProvider(provider);
    const found = periods[0]?.provider;
    const ofProvider = this.#overrides.filter((each) => [undefined, asked, found].includes(each.provider));
    const isAnother = this.#isAnotherModel(provider, model, requested, periods, ofProvider);
    const called = isAnother ? [model] : [model, requested];
    const overriding = ofProvider
      .filter((override) => called.some(override.matches))
      .map((override) => override.period(override.provider ?? found ?? asked ?? 'unknown', model));
    return new PricesOfModel(overriding, periods, name);
  }

  /**
   * Whether another model than the requested one served the call, as gateways do where that one fails. A deployment can't
   * be told from a model of your own, but what served it is a model of the catalogue, and not one of your own as well.
   */
  #isAnotherModel(
    provider: string,
    model: string,
    requested: string,
    periods: Periods,
    overrides: readonly ResolvedOverride[],
  ): boolean {
    if (isSnapshot(model, requested)) return false;
    const [entry] = this.#listed(readingsOf(provider, requested)).periods;
    if (entry !== undefined) return entry.model !== periods[0]?.model;
    return periods.length === 0 && overrides.some((each) => each.isOfOneModel && each.matches(model));
  }

  /** The periods of the first reading that the catalogue knows, corrections before what they correct. */
  #listed(readings: Iterable<Reading>): { readonly name: string; readonly periods: Periods } {
    for (const { provider, model } of readings) {
      const found = this.#find(provider, model);
      const seller = found?.[0]?.provider ?? provider;
      const corrected = this.#corrections
        .filter((correction) => correction.provider === seller && correction.model.test(model))
        // An open-ended correction is about the bundled data, not about newer data. One for the past always applies.
        .filter(({ until }) => until !== undefined || !isPricedAnew(seller ?? '', model))
        .map((correction) => periodOf(correction, model));
      if (found !== undefined || corrected.length > 0)
        return { name: model, periods: [...corrected, ...(found ?? [])] };
    }
    return { name: '', periods: [] };
  }

  #find(providerId: string | undefined, model: string): Periods | undefined {
    try {
      // Without usage it only looks the model up, and reports every price that it ever had.
      const found = this.#calcPrice({}, model, providerId === undefined ? {} : { providerId });
      if (found === null || !acceptsName(found.model, model)) return undefined;
      if (misattributed.some((each) => each.provider === providerId && each.model.test(model)))
        return undefined;
      return periodsOfModel(found.model, found.provider.id);
    } catch {
      return undefined;
    }
  }
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value.length <= MAX_NAME_LENGTH && !value.includes('\n');
}

/** `Number(date)` would do it too, in five times the time. */
function millisOf(at: Date | number): number {
  if (typeof at === 'number') return at;
  return typeof at?.getTime === 'function' ? at.getTime() : Number.NaN;
}

/** Whether the prices of a period are those of another tier, for want of better ones. */
function isOfAnotherTier({ source, serviceTier }: PricePeriod, asked: string | undefined): boolean {
  return asked !== undefined && source === 'catalog' && serviceTier !== normalizeTier(asked);
}

function periodOf(correction: Correction, model: string): PricePeriod {
  const { from, until, weekdayHours, prices, provider, source, checked } = correction;
  return {
    from: from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(from),
    until: until === undefined ? Number.POSITIVE_INFINITY : Date.parse(until),
    timeOfDay: weekdayHours && {
      start: weekdayHours[0] * HOUR_MILLIS,
      end: weekdayHours[1] * HOUR_MILLIS,
      weekdays: true,
    },
    ...pricesPerToken(prices, model),
    provider,
    model,
    source: 'catalog',
    origin: { from: source, checked },
  };
}
