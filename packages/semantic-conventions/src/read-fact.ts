import { readJson } from './json-attribute.js';
import type { LlmSpanLike } from './llm-call.js';
import type { Cost, Fact, FirstChunk, Flag, Tier } from './narrowed-dialect.js';

/** The values of a span's attributes, each in the slot of its key. */
export type Values = readonly unknown[];

export function readFact(values: Values, fact: Fact): unknown {
  return typeof fact === 'number' ? values[fact] : readJson(values[fact.slot], fact.path);
}

/** The first of some facts that is a string. */
export function readString(values: Values, facts: readonly Fact[]): string | undefined {
  for (const fact of facts) {
    const value = readFact(values, fact);
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

/** The first of some facts that is a string other than the one that is known. No JSON is parsed for it. */
export function readOtherString(
  values: Values,
  facts: readonly Fact[],
  known: string | undefined,
): string | undefined {
  for (const fact of facts) {
    const value = typeof fact === 'number' ? values[fact] : undefined;
    if (typeof value === 'string' && value !== '' && value !== known) return value;
  }
  return undefined;
}

/** The first of some service tiers that is present. */
export function readTier(values: Values, tiers: readonly Tier[]): string | undefined {
  for (const tier of tiers) {
    const told =
      typeof tier === 'object' && 'setting' in tier
        ? readSetting(values[tier.slot], tier.setting)
        : readFact(values, tier);
    if (typeof told === 'string' && told !== '') return told;
  }
  return undefined;
}

/** The text of a setting in JSON. In a string within it, the quotes around the name would be escaped. */
function readSetting(json: unknown, name: string): string | undefined {
  if (typeof json !== 'string') return undefined;
  const quoted = `"${name}":`;
  const at = json.indexOf(quoted);
  if (at < 0) return undefined;
  let start = at + quoted.length;
  // Python writes the space.
  if (json[start] === ' ') start += 1;
  if (json[start] !== '"') return undefined;
  const end = json.indexOf('"', start + 1);
  return end < 0 ? undefined : json.slice(start + 1, end);
}

export function readFlag(values: Values, flags: readonly Flag[]): boolean | undefined {
  for (const flag of flags) {
    if (typeof flag === 'number') {
      const value = values[flag];
      if (typeof value === 'boolean') return value;
    } else {
      const text = values[flag.slot];
      // Within a string in the JSON, the quotes would be escaped. Python writes the space.
      if (typeof text !== 'string') continue;
      if (text.includes(`"${flag.flag}":true`) || text.includes(`"${flag.flag}": true`)) return true;
    }
  }
  return undefined;
}

/** A cost in USD. Instrumentations write 0 for an unknown cost. */
export function readCost(values: Values, costs: readonly Cost[]): number | undefined {
  for (const { amount, currency } of costs) {
    const usd = toNumber(readFact(values, amount), typeof amount !== 'number');
    if (!(usd > 0) || usd === Number.POSITIVE_INFINITY) continue;
    if (currency === undefined || (values[currency] ?? 'USD') === 'USD') return usd;
  }
  return undefined;
}

/** NaN for what is not a number. Headers are written as a list of one string; in JSON, Vercel's gateway writes a string. */
function toNumber(value: unknown, isInJson: boolean): number {
  if (typeof value === 'number') return value;
  const text: unknown = Array.isArray(value) && value.length === 1 ? value[0] : isInJson ? value : undefined;
  return typeof text === 'string' && /^\d+(?:\.\d+)?(?:e-?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
}

/** Milliseconds from the start of the span to the first chunk. */
export function readTimeToFirstChunk(
  values: Values,
  keys: readonly FirstChunk[],
  startTime: LlmSpanLike['startTime'],
): number | undefined {
  for (const { slot, unit } of keys) {
    const value = values[slot];
    let millis = Number.NaN;
    if (unit === 'time') {
      if (typeof value === 'string' && startTime !== undefined)
        millis = Date.parse(value.replaceAll('"', '')) - (startTime[0] * 1e3 + startTime[1] / 1e6);
    } else if (typeof value === 'number') {
      millis = unit === 's' ? value * 1e3 : value;
    }
    if (millis >= 0 && millis < Number.POSITIVE_INFINITY) return millis;
  }
  return undefined;
}
