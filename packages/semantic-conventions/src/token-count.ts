/**
 * Converts an attribute value to a token count. Bigints and strings of digits count as numbers.
 *
 * @returns the count, or `undefined` if the value is negative, fractional, not finite, not a safe integer, or not a number
 */
export function toTokenCount(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  const isNumber = typeof value === 'bigint' || (typeof value === 'string' && /^\d{1,16}$/.test(value));
  return isNumber ? toTokenCount(Number(value)) : undefined;
}
