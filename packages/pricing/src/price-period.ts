/** USD per million tokens, every fallback already applied. */
export interface Rates {
  readonly input: number;
  readonly output: number;
  readonly cacheRead: number;
  readonly cacheWrite: number;
  readonly cacheWrite1h: number;
  readonly inputAudio: number;
  readonly cacheReadAudio: number;
  readonly outputAudio: number;
  readonly reasoning: number;
  /** USD per million calls. */
  readonly request: number;
}

/** A period of time, and the rates that apply in it. */
export interface PricePeriod {
  /** Milliseconds since the Unix epoch: the first that belongs to the period, and the first that no longer does. */
  readonly from: number;
  readonly until: number;
  /** Only between these milliseconds of the UTC day (from Monday to Friday); past midnight if the end is before the start. */
  readonly timeOfDay: { readonly start: number; readonly end: number; readonly weekdays?: true } | undefined;
  /** `undefined`: the model has no price per token then. */
  readonly rates: Rates | undefined;
  /** Rates of calls with more than `above` input tokens, in rising order. They apply to the whole call. */
  readonly tiers: readonly { readonly above: number; readonly rates: Rates }[];
  /** Absent for the standard tier, and for an override that applies to every tier. */
  readonly serviceTier?: string | undefined;
  readonly provider: string;
  readonly model: string;
  readonly source: 'override' | 'catalog';
  readonly origin: PriceOrigin;
}

/** Where a price was read. */
export interface PriceOrigin {
  /** Package, document or URL; `your override` for an override. */
  readonly from: string;
  /** Day on which it was read, or on which the package's data was collected, as `YYYY-MM-DD`. */
  readonly checked?: string;
}

const DAY_MILLIS = 86_400_000;

/** The first period that applies at a time; periods are in order of precedence. */
export function periodAt(periods: readonly PricePeriod[], millis: number): PricePeriod | undefined {
  for (const period of periods)
    if (millis >= period.from && millis < period.until && holdsAtTimeOfDay(period, millis)) return period;
  return undefined;
}

function holdsAtTimeOfDay({ timeOfDay }: PricePeriod, millis: number): boolean {
  if (timeOfDay === undefined) return true;
  const { start, end, weekdays } = timeOfDay;
  if (weekdays && isWeekend(millis)) return false;
  const time = millisOfDay(millis);
  return end < start ? time >= start || time < end : time >= start && time < end;
}

function isWeekend(millis: number): boolean {
  const day = new Date(millis).getUTCDay();
  return day === 0 || day === 6;
}

export function ratesFor(period: PricePeriod, inputTokens: number): Rates | undefined {
  let { rates } = period;
  for (const tier of period.tiers) if (inputTokens > tier.above) rates = tier.rates;
  return rates;
}

/** Milliseconds since midnight UTC, for times before 1970 too. */
export function millisOfDay(millis: number): number {
  return ((millis % DAY_MILLIS) + DAY_MILLIS) % DAY_MILLIS;
}
