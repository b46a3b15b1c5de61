import { guard } from '../reporter.js';
import { activeCall } from './active-call.js';

export type Fetch = (url: unknown, init?: unknown) => unknown;

const counting = new WeakSet<Fetch>();

/** A `fetch` that does the same and tells the active call of its attempts. */
export function countAttempts(fetch: Fetch): Fetch {
  if (counting.has(fetch)) return fetch;
  const counted: Fetch = (url, init) => {
    const call = activeCall();
    if (
      call === undefined ||
      !guard('an attempt could not be counted', () => call.requestStarted(url, Object(init)))
    )
      return fetch(url, init);
    // In the chain, not beside it: V8 would leave what comes after out of the stacks of errors.
    return Promise.resolve(fetch(url, init)).then(
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
