import { context } from '@opentelemetry/api';
import { countOnce } from '../apis/counted-calls.js';
import type { PolledApi, PolledOutcome } from '../apis/polled-api.js';
import { LlmCallSpan } from '../call/llm-call-span.js';
import { guard } from '../reporter.js';
import type { StreamObserver } from '../streams/stream-recording.js';
import { isAsyncIterable } from '../unknown-values.js';
import type { ClientIdentity } from './client-identity.js';
import { isApiPromise } from './observe-api-promise.js';
import { observeStream } from './observe-stream.js';
import type { Method } from './trace-method.js';

/** The same method, which also creates a span for each outcome that it returns for the first time. */
export function tracePoll(method: Method, api: PolledApi, identify: () => ClientIdentity): Method {
  const look = (result: unknown): void =>
    guard('an outcome could not be recorded', () => {
      const outcome = api.outcome(result);
      if (outcome !== undefined && countOnce(outcome.id)) record(outcome, identify());
    });
  /** Looks for the outcome among the events of any stream. */
  const watch: StreamObserver<unknown> = {
    chunk: (event) => look(api.resultOf?.(event)),
    over() {},
    failed() {},
    abandon() {},
  };
  const see = (result: unknown): unknown => {
    if (isAsyncIterable(result))
      guard('a stream could not be observed', () => observeStream(result as AsyncIterable<unknown>, watch));
    else look(result);
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
    undefined,
    sinceTimeOrigin(outcome.startedAt),
  );
  outcome.record(call);
  if (identity.telemetry.captureContent) call.recordResponse({ outputMessages: outcome.content?.() });
  call.end(sinceTimeOrigin(outcome.endedAt));
}

function sinceTimeOrigin(unixSeconds: number | undefined): number | undefined {
  return unixSeconds === undefined ? undefined : unixSeconds * 1000 - performance.timeOrigin;
}
