import type { PricePeriod, Rates } from './price-period.js';
import { normalizeProvider } from './provider-names.js';
import { normalizeTier, STANDARD_ALONE } from './service-tiers.js';

/** Your own price for a model. It takes precedence over the catalogue; of several that match, the first in the list applies. */
export interface PriceOverride {
  /**
   * The provider to which the price is limited, in any of its spellings.
   * @defaultValue every provider
   */
  readonly provider?: string | undefined;
  /**
   * The whole name of the model that served the call or was requested, in any case; or a regular expression without the
   * flags `g` and `y`.
   */
  readonly model: string | RegExp;
  /** USD per million input tokens, 0 or more. */
  readonly inputPerMTok: number;
  /** USD per million output tokens, 0 or more. */
  readonly outputPerMTok: number;
  /**
   * USD per million input tokens read from the prompt cache.
   * @defaultValue `inputPerMTok`
   */
  readonly cacheReadPerMTok?: number | undefined;
  /**
   * USD per million input tokens written to the prompt cache.
   * @defaultValue `inputPerMTok`
   */
  readonly cacheWritePerMTok?: number | undefined;
  /**
   * The service tier to which the price is limited (`standard`, `batch`, `flex`, `priority`, or any other name that
   * calls give).
   * @defaultValue every tier
   */
  readonly serviceTier?: string | undefined;
  /**
   * First moment at which the price applies.
   * @defaultValue no start
   */
  readonly from?: Date | undefined;
  /**
   * First moment at which the price no longer applies.
   * @defaultValue no end
   */
  readonly until?: Date | undefined;
}

/** A checked override, ready to be compared with the name of a model. */
export interface ResolvedOverride {
  readonly provider: string | undefined;
  /** Whether it names one model, and is no regular expression for several. */
  readonly isOfOneModel: boolean;
  readonly matches: (model: string) => boolean;
  readonly period: (provider: string, model: string) => PricePeriod;
}

const KEYS: readonly string[] = [
  'provider',
  'model',
  'inputPerMTok',
  'outputPerMTok',
  'cacheReadPerMTok',
  'cacheWritePerMTok',
  'serviceTier',
  'from',
  'until',
] satisfies readonly (keyof PriceOverride)[];

/** @throws TypeError that names the override by its index and model, and says what was expected and what was given. */
export function resolveOverride(override: PriceOverride, index: number): ResolvedOverride {
  if (typeof override !== 'object' || override === null)
    throw new TypeError(`PriceCatalog: overrides[${index}] must be an object, got ${show(override)}.`);
  const { model } = override;
  const fail = (expected: string, given: unknown): never => {
    throw new TypeError(
      `PriceCatalog: overrides[${index}] (model ${show(model)}): ${expected}, got ${show(given)}.`,
    );
  };

  for (const key of Object.keys(override))
    if (!KEYS.includes(key)) fail(`unknown key; the keys are ${KEYS.join(', ')}`, key);
  if (model instanceof RegExp) {
    // With these flags `test` moves `lastIndex`, so that the same name would match only every other time.
    if (model.global || model.sticky) fail('"model" must be a RegExp without the flags g and y', model);
  } else if (typeof model !== 'string' || model.trim() === '') {
    fail('"model" must be a non-empty string or a RegExp', model);
  }
  for (const key of ['provider', 'serviceTier'] as const) {
    const name: unknown = override[key];
    if (name !== undefined && (typeof name !== 'string' || name.trim() === ''))
      fail(`"${key}" must be a non-empty string`, name);
  }
  const price = (
    key: 'inputPerMTok' | 'outputPerMTok' | 'cacheReadPerMTok' | 'cacheWritePerMTok',
    fallback?: number,
  ) => {
    const value = override[key] ?? fallback;
    return typeof value === 'number' && Number.isFinite(value) && value >= 0
      ? value
      : fail(`"${key}" must be a number of 0 or more`, override[key]);
  };
  const time = (key: 'from' | 'until', fallback: number) => {
    const value = override[key];
    if (value === undefined) return fallback;
    return value instanceof Date && !Number.isNaN(value.getTime())
      ? value.getTime()
      : fail(`"${key}" must be a valid Date`, value);
  };

  const input = price('inputPerMTok');
  const output = price('outputPerMTok');
  const cacheWrite = price('cacheWritePerMTok', input);
  const cacheRead = price('cacheReadPerMTok', input);
  const rates: Rates = {
    input,
    output,
    cacheRead,
    cacheWrite,
    cacheWrite1h: cacheWrite,
    inputAudio: input,
    cacheReadAudio: cacheRead,
    outputAudio: output,
    reasoning: output,
    request: 0,
  };
  const from = time('from', Number.NEGATIVE_INFINITY);
  const until = time('until', Number.POSITIVE_INFINITY);
  if (from >= until) fail('"from" must be before "until"', override.until);

  const { serviceTier } = override;
  const tier = serviceTier === undefined ? undefined : (normalizeTier(serviceTier) ?? STANDARD_ALONE);
  const name = typeof model === 'string' ? model.trim().toLowerCase() : undefined;
  const pattern = model instanceof RegExp ? model : undefined;
  return {
    provider: override.provider === undefined ? undefined : normalizeProvider(override.provider),
    isOfOneModel: pattern === undefined,
    matches: (candidate) =>
      pattern === undefined ? candidate.trim().toLowerCase() === name : pattern.test(candidate),
    period: (provider, called) => ({
      from,
      until,
      timeOfDay: undefined,
      serviceTier: tier,
      rates,
      tiers: [],
      provider,
      model: typeof model === 'string' ? model : called,
      source: 'override',
      origin: { from: 'your override' },
    }),
  };
}

function show(value: unknown): string {
  if (value instanceof RegExp) return String(value);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'an invalid Date' : value.toISOString();
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 80));
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
