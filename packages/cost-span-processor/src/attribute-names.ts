import type { Attributes } from '@opentelemetry/api';

const names = [
  'llm.cost_usd',
  'llm.cost.status',
  'llm.cost.source',
  'llm.cost.model',
  'llm.cost.assumed_service_tier',
  'llm.cost.input_usd',
  'llm.cost.output_usd',
  'llm.cost.cache_read_usd',
  'llm.cost.cache_write_usd',
  'llm.rollup.calls',
  'llm.rollup.cost_usd',
  'llm.rollup.tokens.input',
  'llm.rollup.tokens.output',
  'llm.rollup.models',
  'llm.rollup.model_costs_usd',
] as const;

/** An attribute that the processor writes. */
export type CostAttributeName = (typeof names)[number];

/** The attributes that can be renamed. */
export const costAttributeNames: ReadonlySet<string> = new Set(names);

/** Other names for what the processor writes. */
export type AttributeNames = ReadonlyMap<string, string>;

/**
 * Writes attributes, under the names that were chosen for them, directly into those of a span. Only their own: `for in`
 * also has what a library of the application has added to `Object.prototype`.
 */
export function writeAttributes(target: Attributes, attributes: Attributes, names: AttributeNames): void {
  if (names.size === 0) Object.assign(target, attributes);
  else
    for (const key in attributes)
      if (Object.hasOwn(attributes, key)) target[names.get(key) ?? key] = attributes[key];
}
