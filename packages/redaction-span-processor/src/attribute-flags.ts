import { AttributeShapes } from '@llm-otel/semantic-conventions';
import { NESTED } from './key-flags.js';
import type { KeyRules } from './key-rules.js';

/** Unites the flags of a span's keys, see `key-flags.ts`. */
export class AttributeFlags {
  readonly #shapes: AttributeShapes<number>;

  constructor(keys: KeyRules) {
    this.#shapes = new AttributeShapes(0, (flags, key) => flags | keys.flagsOf(key));
  }

  /** May throw, if reading a value does. */
  of(attributes: Readonly<Record<string, unknown>>): number {
    const flags = this.#shapes.of(attributes);
    for (const key in attributes) if (mayHoldMaps(attributes[key])) return flags | NESTED;
    return flags;
  }
}

function mayHoldMaps(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return !Array.isArray(value) || value.some((element) => typeof element === 'object' && element !== null);
}
