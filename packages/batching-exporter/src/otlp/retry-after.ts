/** A server that asks for more than an hour has a wrong clock or a bug, and would not be called again until the process ends. */
const LONGEST_MILLIS = 3_600_000;

/**
 * The delay of a `Retry-After` header in milliseconds, up to an hour.
 *
 * @param value - seconds, or an HTTP date; anything else is ignored
 */
export function retryAfterMillis(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const text = value.trim();
  const millis = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - Date.now();
  return millis > 0 ? Math.min(millis, LONGEST_MILLIS) : undefined;
}
