import { guard, reporter } from '../reporter.js';
import { activeCall } from './active-call.js';
import type { ClientCall } from './client-call.js';

export type Fetch = (url: unknown, init?: unknown) => unknown;

const counting = new WeakSet<Fetch>();

/** A `fetch` that does the same, and notifies the active call of its attempts. */
export function countAttempts(fetch: Fetch): Fetch {
  if (counting.has(fetch)) return fetch;
  const counted: Fetch = (url, init) => {
    const call = activeCall();
    if (call === undefined || !started(call, url, init)) return fetch(url, init);
    // Within the promise chain, not beside it: otherwise V8 would omit what follows from the stacks of errors.
    return Promise.resolve(fetch(url, init)).then(
      (response) => {
        answered(call, response);
        return response;
      },
      (error) => {
        guard('an attempt could not be counted', () => call.attemptFailed(error));
        throw error;
      },
    );
  };
  counting.add(counted);
  return counted;
}

// Both are on the path of every call, where `guard` would create a closure each time.
function started(call: ClientCall, url: unknown, init: unknown): boolean {
  try {
    return call.requestStarted(url, Object(init));
  } catch (error) {
    reporter.errorOnce('an attempt could not be counted', error);
    return false;
  }
}

function answered(call: ClientCall, response: unknown): void {
  try {
    call.attemptAnswered(response);
  } catch (error) {
    reporter.errorOnce('an attempt could not be counted', error);
  }
}
