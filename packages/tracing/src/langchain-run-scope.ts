import { AsyncLocalStorage } from 'node:async_hooks';
import { type Context, context, type Span, trace } from '@opentelemetry/api';

/** A call of a model that LangChain runs, for the call that a client then makes on its behalf. */
export interface ModelRun {
  readonly span: Span;
  isOpen(): boolean;
  /** Absent in older versions of this package. */
  readonly requests?: RunRequests;
}

/** Is told of the HTTP requests that are made for a run. */
export interface RunRequests {
  /** @param target - method and URL */
  started(target: string): void;
  /** @param failure - an error, or a response, which has status and headers like an error */
  failed(target: string, failure: unknown): void;
}

interface Scope {
  readonly run: ModelRun;
  /** The span that was active when the run started. If another one is active by now, it is closer to the client's call. */
  readonly active: Span | undefined;
}

/** One per process, because the handler and the client may come from two bundles or copies of this package. */
const KEY = Symbol.for('@llm-otel/tracing.model-run');
const storage: AsyncLocalStorage<Scope> = Reflect.get(globalThis, KEY) ?? new AsyncLocalStorage<Scope>();
Object.defineProperty(globalThis, KEY, { value: storage, configurable: true });

/**
 * From here on, the caller works for the run. LangChain's callbacks can't run its work within something, but LangChain
 * calls and awaits them where it is about to call the model.
 */
export function enterModelRun(run: ModelRun): void {
  storage.enterWith({ run, active: trace.getActiveSpan() });
}

/** The requests of the run for which the current code works. */
export function requestsOfRun(): RunRequests | undefined {
  const run = storage.getStore()?.run;
  return run?.isOpen() ? run.requests : undefined;
}

/** The active context, with the span of the run instead of the one in which the run started. */
export function contextOfCall(): Context {
  const scope = storage.getStore();
  const active = context.active();
  return scope?.run.isOpen() && trace.getSpan(active) === scope.active
    ? trace.setSpan(active, scope.run.span)
    : active;
}
