import { guard } from '../reporter.js';
import { activeCall } from './active-call.js';
import type { ClientCall } from './client-call.js';

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
    try {
      const response = fetch(url, init);
      observeAttempt(response, call);
      return response;
    } catch (error) {
      call.attemptFailed(error);
      throw error;
    }
  };
  counting.add(counted);
  return counted;
}

/** Beside the client's own reactions, and before them. */
function observeAttempt(response: unknown, call: ClientCall): void {
  void Promise.resolve(response).then(
    (answer) => guard('an attempt could not be counted', () => call.attemptAnswered(answer)),
    (error) => guard('an attempt could not be counted', () => call.attemptFailed(error)),
  );
}
