import { AsyncLocalStorage } from 'node:async_hooks';
import { type Context, context } from '@opentelemetry/api';
import type { ClientCall } from './client-call.js';

/** The same as `createContextKey`, for which the API would have to be loaded before there is any call. */
const CALL = Symbol.for('@llm-otel/tracing active call');

/** A context with the call in it. `setValue` would copy the whole parent context. */
class CallContext implements Context {
  readonly #inner: Context;
  readonly #call: unknown;

  constructor(inner: Context, call: unknown) {
    this.#inner = inner;
    this.#call = call;
  }

  getValue(key: symbol): unknown {
    return key === CALL ? this.#call : this.#inner.getValue(key);
  }

  setValue(key: symbol, value: unknown): Context {
    return new CallContext(this.#inner.setValue(key, value), this.#call);
  }

  deleteValue(key: symbol): Context {
    return new CallContext(this.#inner.deleteValue(key), this.#call);
  }
}

/**
 * For applications without a context manager. It is not used if there is one, because up to Node 22 each storage slows
 * down every promise of the process.
 */
const storage = new AsyncLocalStorage<ClientCall>();

/** Runs `work` in the context of the call's span, so that its requests can be attributed to the call. */
export function runInCall<Args extends unknown[], T>(
  call: ClientCall,
  work: (this: unknown, ...args: Args) => T,
  self: unknown,
  args: Args,
): T {
  return context.with(
    new CallContext(call.span.context, call),
    runActive<Args, T>,
    undefined,
    call,
    work,
    self,
    args,
  );
}

function runActive<Args extends unknown[], T>(
  call: ClientCall,
  work: (this: unknown, ...args: Args) => T,
  self: unknown,
  args: Args,
): T {
  return context.active().getValue(CALL) === call
    ? work.apply(self, args)
    : storage.run(call, () => work.apply(self, args));
}

/** The call for which the current code runs. */
export function activeCall(): ClientCall | undefined {
  return (context.active().getValue(CALL) as ClientCall | undefined) ?? storage.getStore();
}
