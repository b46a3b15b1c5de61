import { field } from '../json.js';
import { guard } from '../reporter.js';
import { readHeader } from '../retry-after.js';
import { activeCall } from './active-call.js';

export type Fetch = (...args: unknown[]) => unknown;

/** Both clients put it on every attempt of an API call, and on no other request (a token exchange, say). */
const ATTEMPT_HEADER = 'x-stainless-retry-count';

const counting = new WeakSet<Fetch>();

/** A `fetch` that does the same and tells the active call of its attempts. */
export function countAttempts(fetch: Fetch): Fetch {
  if (counting.has(fetch)) return fetch;
  const counted: Fetch = (...args) => {
    const call = activeCall();
    if (call === undefined || !isAttempt(args[1])) return fetch(...args);
    guard('an attempt could not be counted', () => call.attemptStarted());
    return Promise.resolve(fetch(...args)).then(
      (response) => {
        guard('an attempt could not be counted', () => call.attemptAnswered(response));
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

function isAttempt(init: unknown): boolean {
  return (
    guard('a request could not be read', () => readHeader(field(init, 'headers'), ATTEMPT_HEADER)) !==
    undefined
  );
}
