/**
 * A token count from an attribute's value, or `undefined` when it can't be one: negative, fractional,
 * not finite, beyond the safe integers, or no number at all. Bigints and strings of digits are numbers.
 */
export function toTokenCount(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? value : undefined;
  const isNumber = typeof value === 'bigint' || (typeof value === 'string' && /^\d{1,16}$/.test(value));
  return isNumber ? toTokenCount(Number(value)) : undefined;
}
