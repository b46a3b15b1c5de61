/**
 * A token count from an attribute's value, or `undefined` when it can't be one: negative, fractional,
 * not finite, beyond the safe integers, or no number at all. Bigints and strings of digits are numbers.
 */
export function toTokenCount(value: unknown): number | undefined {
  const number =
    typeof value === 'bigint' || (typeof value === 'string' && /^\d{1,16}$/.test(value))
      ? Number(value)
      : value;
  return Number.isSafeInteger(number) && (number as number) >= 0 ? (number as number) : undefined;
}
