import { context } from '@opentelemetry/api';
import type { PolledApi, PolledOutcome } from '../apis/polled-api.js';
import { LlmCallSpan } from '../llm-call-span.js';
import { guard } from '../reporter.js';
import { isApiPromise } from './observe-api-promise.js';
import type { ClientIdentity, Method } from './trace-method.js';

/** Maximum number of calls remembered as counted; beyond it, the oldest are forgotten. */
const MAX_COUNTED = 10_000;

const counted = new Set<string>();

/** The same method, which also creates a span for each outcome that it returns for the first time. */
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
    // The body is parsed when the application asks for it, as without tracing.
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
