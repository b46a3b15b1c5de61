import { AsyncLocalStorage } from 'node:async_hooks';
import { type Context, context, type Span, trace } from '@opentelemetry/api';

/** A call of a model that LangChain runs, for the call that a client then makes on its behalf. */
export interface ModelRun {
  readonly span: Span;
  isOpen(): boolean;
  readonly requests: RunRequests;
}

/** Is notified of the HTTP requests that are made for a run. */
export interface RunRequests {
  /** @param target - method and URL */
  started(target: string): void;
  /** @param failure - an error, or a response, which has status and headers like an error */
  failed(target: string, failure: unknown): void;
}

interface Scope {
  readonly run: ModelRun;
  /** Whether the caller may work for another one of several runs that were started together; `run` is the last of them. */
  readonly isOneOfSeveral: boolean;
  /** The runs that were started together for which no client has made a call yet, in order. */
  readonly waiting: ModelRun[];
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
 *
 * @param waiting - the runs that were started together with this one, which is added; one `generate()` starts a run for
 *   each of its prompts
 */
export function enterModelRun(run: ModelRun, waiting: ModelRun[]): void {
  waiting.push(run);
  storage.enterWith({ run, isOneOfSeveral: waiting.length > 1, waiting, active: trace.getActiveSpan() });
}

/** The requests of the run for which the current code works; `undefined` also where it may be one of several. */
export function requestsOfRun(): RunRequests | undefined {
  const scope = storage.getStore();
  return scope?.run.isOpen() && !scope.isOneOfSeveral ? scope.run.requests : undefined;
}

/** The active context, with the span of the run instead of the one in which the run started. */
export function contextOfCall(): Context {
  const scope = storage.getStore();
  const active = context.active();
  if (scope === undefined || trace.getSpan(active) !== scope.active) return active;
  // The client is called for one prompt after the other. What comes after that are further attempts, each in the scope
  // of the first.
  const run = scope.waiting.shift() ?? scope.run;
  if (scope.isOneOfSeveral || run !== scope.run) storage.enterWith({ ...scope, run, isOneOfSeveral: false });
  return run.isOpen() ? trace.setSpan(active, run.span) : active;
}
