import type { LlmApi } from '../apis/llm-api.js';
import { readRequestDetails } from '../apis/request-details.js';
import { LlmCallSpan } from '../call/llm-call-span.js';
import { contextOfCall } from '../langchain/model-run-scope.js';
import type { LlmRequestInfo } from '../llm-call-recorder.js';
import { guard, reporter } from '../reporter.js';
import { field } from '../unknown-values.js';
import { runInCall } from './active-call.js';
import { ClientCall, reportOutcome } from './client-call.js';
import type { ClientIdentity } from './client-identity.js';
import { isApiPromise, observeApiPromise } from './observe-api-promise.js';

export type Method = (this: unknown, ...args: unknown[]) => unknown;

/**
 * The method, each call of which has a span.
 *
 * @param includeUsage - whether streams are asked for their usage
 */
export function traceMethod(
  method: Method,
  api: LlmApi,
  identify: () => ClientIdentity,
  includeUsage: boolean,
): Method {
  return function traced(this: unknown, ...args: unknown[]): unknown {
    const call = startCall(api, identify, args);
    if (call === undefined) return method.apply(this, args);
    if (includeUsage && api.askForUsage !== undefined)
      args[0] = guard('a request could not be read', () => api.askForUsage?.(args[0])) ?? args[0];
    let result: unknown;
    try {
      result = runInCall(call, method, this, args);
    } catch (error) {
      call.failed(error);
      throw error;
    }
    // A span that is not sampled is there for its context alone.
    return call.span.isRecording ? observeResult(result, call) : result;
  };
}

// This is on the path of every call, where `guard` would create two closures.
function startCall(
  api: LlmApi,
  identify: () => ClientIdentity,
  args: readonly unknown[],
): ClientCall | undefined {
  try {
    const identity = identify();
    const body = args[0];
    const details = identity.telemetry.conventions.genAi
      ? readRequestDetails(body, api.outputType)
      : undefined;
    return new ClientCall(
      new LlmCallSpan(identity, readRequest(api, body), contextOfCall(), details),
      api,
      identity.gateway,
      args[1],
    );
  } catch (error) {
    reporter.errorOnce('a call could not be traced', error);
    return undefined;
  }
}

function readRequest(api: LlmApi, body: unknown): LlmRequestInfo {
  try {
    return api.readRequest(body);
  } catch (error) {
    reporter.errorOnce('a request could not be read', error);
    return {};
  }
}

function observeResult(result: unknown, call: ClientCall): unknown {
  if (isApiPromise(result)) {
    call.abandonWith(result);
    try {
      observeApiPromise(result, call);
    } catch (error) {
      reporter.errorOnce('a result could not be observed', error);
    }
    return result;
  }
  if (typeof field(result, 'then') !== 'function') {
    call.succeeded(result);
    return result;
  }
  // A plain promise, out of a test double or a subclass: `await` does not go through its own properties.
  const promise = Promise.resolve(result);
  return reportOutcome(promise, promise.then, call);
}
