import type { LlmApi } from '../apis/llm-api.js';
import { field } from '../json.js';
import { type LlmCallIdentity, LlmCallSpan } from '../llm-call-span.js';
import { guard } from '../reporter.js';
import { runInCall } from './active-call.js';
import { ClientCall } from './client-call.js';
import { isApiPromise, observeApiPromise } from './observe-api-promise.js';

export type Method = (this: unknown, ...args: unknown[]) => unknown;

/** What a call of a client is. */
export interface ClientIdentity extends LlmCallIdentity {
  /** Whether the host is none of a known provider, and may be that of a gateway such as LiteLLM's. */
  readonly mayBeGateway: boolean;
}

/**
 * The method, each call of which has a span.
 *
 * @param includeUsage - whether streams are asked to tell their usage
 */
export function traceMethod(
  method: Method,
  api: LlmApi,
  identify: () => ClientIdentity,
  includeUsage: boolean,
): Method {
  return function traced(this: unknown, ...args: unknown[]): unknown {
    const call = guard('a call could not be traced', () => startCall(api, identify(), args[0]));
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

function startCall(api: LlmApi, identity: ClientIdentity, body: unknown): ClientCall {
  const request = guard('a request could not be read', () => api.readRequest(body)) ?? {};
  return new ClientCall(new LlmCallSpan(identity, request), api, identity.mayBeGateway);
}

function observeResult(result: unknown, call: ClientCall): unknown {
  if (isApiPromise(result)) {
    call.abandonWith(result);
    guard('a result could not be observed', () => observeApiPromise(result, call));
    return result;
  }
  if (typeof field(result, 'then') !== 'function') {
    call.succeeded(result);
    return result;
  }
  // A plain promise, out of a test double or a subclass: `await` does not go through its own properties.
  return Promise.resolve(result).then(
    (data) => {
      call.succeeded(data);
      return data;
    },
    (error) => {
      call.failed(error);
      throw error;
    },
  );
}
