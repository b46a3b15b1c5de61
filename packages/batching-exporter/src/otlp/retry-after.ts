/**
 * Milliseconds that a `Retry-After` header asks for.
 *
 * @param value - seconds, or a date as HTTP has it; anything else asks for nothing
 */
export function retryAfterMillis(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const text = value.trim();
  const millis = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - Date.now();
  return millis > 0 ? millis : undefined;
}
