import { context } from '@opentelemetry/api';
import type { PolledApi, PolledOutcome } from '../apis/polled-api.js';
import { LlmCallSpan } from '../llm-call-span.js';
import { guard } from '../reporter.js';
import { isApiPromise } from './observe-api-promise.js';
import type { ClientIdentity, Method } from './trace-method.js';

/** How many calls are remembered as counted; of more, the oldest are forgotten. */
const MAX_COUNTED = 10_000;

const counted = new Set<string>();

/** The method, which makes a span of each outcome that it comes upon for the first time. */
export function tracePoll(method: Method, api: PolledApi, identify: () => ClientIdentity): Method {
  const see = (result: unknown): unknown => {
    guard('an outcome could not be recorded', () => {
      const outcome = api.outcome(result);
      if (outcome !== undefined && isNew(outcome.id)) record(outcome, identify());
    });
    return result;
  };
  return function polled(this: unknown, ...args: unknown[]): unknown {
    const result = method.apply(this, args);
    // Parsed when the application asks for it, as without.
    return isApiPromise(result) ? result._thenUnwrap(see) : result;
  };
}

function record(outcome: PolledOutcome, identity: ClientIdentity): void {
  const call = new LlmCallSpan(
    identity,
    outcome.request,
    context.active(),
    sinceTimeOrigin(outcome.startedAt),
  );
  outcome.record(call);
  if (identity.telemetry.captureContent) call.recordResponse({ outputMessages: outcome.content?.() });
  call.end(sinceTimeOrigin(outcome.endedAt));
}

function sinceTimeOrigin(unixSeconds: number | undefined): number | undefined {
  return unixSeconds === undefined ? undefined : unixSeconds * 1000 - performance.timeOrigin;
}

function isNew(id: string): boolean {
  if (counted.has(id)) return false;
  counted.add(id);
  if (counted.size > MAX_COUNTED) {
    const [oldest] = counted;
    if (oldest !== undefined) counted.delete(oldest);
  }
  return true;
}
