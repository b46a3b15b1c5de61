import type { AttributeKeys, CostKeys, FactKeys, JsonFlag, TimeToFirstChunkKey } from './dialect.js';
import { readJson } from './json-attribute.js';
import type { LlmSpanLike } from './llm-call.js';

type Attributes = LlmSpanLike['attributes'];

export function readFact(attributes: Attributes, key: FactKeys[number]): unknown {
  return typeof key === 'string' ? attributes[key] : readJson(attributes[key.attribute], key.path);
}

/** The first of some facts that is a text. */
export function readString(attributes: Attributes, keys: AttributeKeys | FactKeys): string | undefined {
  for (const key of keys) {
    const value = readFact(attributes, key);
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

export function readFlag(attributes: Attributes, keys: readonly (string | JsonFlag)[]): boolean | undefined {
  for (const key of keys) {
    if (typeof key === 'string') {
      const value = attributes[key];
      if (typeof value === 'boolean') return value;
    } else {
      const text = attributes[key.attribute];
      // Within a string in the JSON, the quotes would be escaped. Python writes the space.
      if (typeof text !== 'string') continue;
      if (text.includes(`"${key.flag}":true`) || text.includes(`"${key.flag}": true`)) return true;
    }
  }
  return undefined;
}

/** A cost in USD; 0 is what emitters write for a cost that they don't know. */
export function readCost(attributes: Attributes, keys: readonly CostKeys[]): number | undefined {
  for (const { amount, currency } of keys) {
    const usd = toNumber(readFact(attributes, amount));
    if (!(usd > 0) || usd === Number.POSITIVE_INFINITY) continue;
    if (currency === undefined || (attributes[currency] ?? 'USD') === 'USD') return usd;
  }
  return undefined;
}

/** NaN for what is no number. Digits in a list of one are the value of a header. */
function toNumber(value: unknown): number {
  if (typeof value === 'number') return value;
  const text: unknown = Array.isArray(value) && value.length === 1 ? value[0] : undefined;
  return typeof text === 'string' && /^\d+(?:\.\d+)?(?:e-?\d+)?$/i.test(text) ? Number(text) : Number.NaN;
}

/** Milliseconds from the start of the span to the first chunk. */
export function readTimeToFirstChunk(
  { attributes, startTime }: LlmSpanLike,
  keys: readonly TimeToFirstChunkKey[],
): number | undefined {
  for (const { attribute, unit } of keys) {
    const value = attributes[attribute];
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
