import { readHeader } from '../read-header.js';

/**
 * Seconds that a response asks the client to wait: `retry-after-ms`, or `Retry-After` in seconds or as an HTTP date
 * (RFC 9110, 10.2.3). A date in the past gives 0.
 */
export function readRetryAfterSeconds(headers: unknown): number | undefined {
  const millis = toNumber(readHeader(headers, 'retry-after-ms'));
  if (millis !== undefined) return millis / 1000;
  const value = readHeader(headers, 'retry-after');
  const seconds = toNumber(value);
  if (seconds !== undefined || value === undefined) return seconds;
  // `Date.parse` accepts nearly anything, even a negative number; an HTTP date begins with a weekday.
  const date = /^[a-z]{3}/i.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, (date - Date.now()) / 1000);
}

function toNumber(value: string | undefined): number | undefined {
  if (value === undefined || value.trim() === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) && number >= 0 ? number : undefined;
}
