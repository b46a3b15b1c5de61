import { validateHeaderName, validateHeaderValue } from 'node:http';

/** Whether Node will send it: else each request would fail, and for a reason that does not pass. */
export function isHeader([name, value]: readonly [string, unknown]): boolean {
  if (typeof value !== 'string') return false;
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
}
