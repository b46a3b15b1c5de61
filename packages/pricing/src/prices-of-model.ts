import type { PricePeriod } from './price-period.js';
import { STANDARD_ALONE, serviceTiers } from './service-tiers.js';
import { periodsInTier } from './tier-periods.js';

export type Periods = readonly PricePeriod[];

/** The known prices of a model, in every service tier. */
export class PricesOfModel {
  /** Periods of the standard tier, in order of precedence. */
  readonly standard: Periods;
  /** Periods of tiers without a known price: the standard ones, except for overrides of the standard tier alone. */
  readonly #others: Periods;
  readonly #overriding: Periods;
  readonly #listed: Periods;
  readonly #model: string;
  #byTier: ReadonlyMap<string, Periods> | undefined;

  /** @param model - the name that the listed periods were found by */
  constructor(overriding: Periods, listed: Periods, model: string) {
    this.#overriding = overriding;
    this.#listed = listed;
    this.#model = model;
    this.standard = [...this.#overridingIn(STANDARD_ALONE), ...listed];
    this.#others = [...this.#overridingIn(undefined), ...listed];
  }

  /** Periods of a tier; the standard ones if no price of that tier is known. */
  in(tier: string): Periods {
    this.#byTier ??= this.#learnTiers();
    return this.#byTier.get(tier) ?? this.#others;
  }

  /** The overrides for a tier, and those for every tier. */
  #overridingIn(tier: string | undefined): Periods {
    return this.#overriding.filter(({ serviceTier }) => serviceTier === undefined || serviceTier === tier);
  }

  #learnTiers(): ReadonlyMap<string, Periods> {
    const tiers = new Set([
      ...serviceTiers,
      ...this.#overriding.flatMap(({ serviceTier }) => serviceTier ?? []),
    ]);
    return new Map(
      [...tiers].map((tier) => [
        tier,
        [...this.#overridingIn(tier), ...(periodsInTier(this.#listed, this.#model, tier) ?? this.#listed)],
      ]),
    );
  }
}
