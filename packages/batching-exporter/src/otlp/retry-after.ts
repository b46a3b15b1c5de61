/** Who asks for more than an hour has a clock that is wrong, or a bug, and would not be asked again until the process ends. */
const LONGEST_MILLIS = 3_600_000;

/**
 * Milliseconds that a `Retry-After` header asks for, up to an hour.
 *
 * @param value - seconds, or a date as HTTP has it; anything else asks for nothing
 */
export function retryAfterMillis(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const text = value.trim();
  const millis = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - Date.now();
  return millis > 0 ? Math.min(millis, LONGEST_MILLIS) : undefined;
}
