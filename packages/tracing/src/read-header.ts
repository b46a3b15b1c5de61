import { field } from './unknown-values.js';

/** A header of a `Headers` object, or of a plain object with names in any case. */
export function readHeader(headers: unknown, name: string): string | undefined {
  const get = field(headers, 'get');
  if (typeof get === 'function') {
    const value: unknown = get.call(headers, name);
    return typeof value === 'string' ? value : undefined;
  }
  if (typeof headers !== 'object' || headers === null) return undefined;
  for (const [key, value] of Object.entries(headers))
    if (key.toLowerCase() === name && typeof value === 'string') return value;
  return undefined;
}
