import { AsyncLocalStorage } from 'node:async_hooks';
import { context, createContextKey } from '@opentelemetry/api';
import type { ClientCall } from './client-call.js';

const CALL = createContextKey('@llm-otel/tracing active call');

/**
 * For applications without a context manager. It is not used where there is one, since up to Node 22 each storage
 * costs every promise of the process something.
 */
const storage = new AsyncLocalStorage<ClientCall>();

/** Runs `work` in the context of the call's span, and so that requests it makes can be told to the call. */
export function runInCall<T>(call: ClientCall, work: () => T): T {
  const callContext = call.span.context.setValue(CALL, call);
  return context.with(callContext, () =>
    context.active().getValue(CALL) === call ? work() : storage.run(call, work),
  );
}

/** The call on whose behalf the caller runs. */
export function activeCall(): ClientCall | undefined {
  return (context.active().getValue(CALL) as ClientCall | undefined) ?? storage.getStore();
}
