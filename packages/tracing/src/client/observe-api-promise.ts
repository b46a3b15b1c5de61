import { guard } from '../reporter.js';
import { field } from '../unknown-values.js';
import { runInCall } from './active-call.js';
import { type ClientCall, reportOutcome } from './client-call.js';
import { defineHidden } from './define-hidden.js';
import { Observation } from './observation.js';
import { readThroughStream } from './read-through-stream.js';

type Transform = (data: unknown, ...rest: unknown[]) => unknown;
type Reaction = ((value: unknown) => unknown) | null | undefined;

/** The promise both clients return: it parses the body when it is first asked for it, and not before. */
export interface ApiPromise extends Promise<unknown> {
  asResponse(): Promise<unknown>;
  withResponse(): Promise<unknown>;
  /** How the clients' own helpers derive a promise of something else from it. */
  _thenUnwrap(transform: Transform): ApiPromise;
}

/** Anthropic's has a method with which its threads and tool runners read a response themselves. */
interface AnthropicPromise extends ApiPromise {
  _responseProps(): Promise<unknown>;
}

export function isApiPromise(value: unknown): value is ApiPromise {
  return (
    value instanceof Promise &&
    typeof (value as ApiPromise).asResponse === 'function' &&
    typeof (value as ApiPromise).withResponse === 'function' &&
    typeof (value as ApiPromise)._thenUnwrap === 'function'
  );
}

/** What observed promises inherit from, by what they inherited from before. */
const observedPrototypes = new WeakMap<object, ApiPromise>();

/**
 * Notifies a call of the outcome of its promise. The promise stays the same object of the same class, and nothing is
 * attached to it until the application attaches something: its body is not parsed for our sake, and a rejection that
 * nobody handles stays one.
 *
 * Its methods come from a prototype put before that of its class: giving every promise methods of its own took a third of
 * the time of a traced call.
 */
export function observeApiPromise(promise: ApiPromise, call: ClientCall): void {
  const own: ApiPromise = Object.getPrototypeOf(promise);
  let observed = observedPrototypes.get(own);
  if (observed === undefined) {
    observed = observedPrototype(own);
    observedPrototypes.set(own, observed);
  }
  const { _thenUnwrap } = promise;
  Object.setPrototypeOf(promise, observed);
  new Observation(promise, call, _thenUnwrap);
  // Since openai 7 each promise has one of its own, which goes before that of any prototype. So has `withResponse()`,
  // which awaits the promise, and so notifies the call.
  if (promise._thenUnwrap === _thenUnwrap) promise._thenUnwrap = observed._thenUnwrap;
}

function observedPrototype(own: ApiPromise): ApiPromise {
  /**
   * The application's reactions go behind ours, on this one. Beside ours, or within, V8 would leave the application's
   * frames out of the stack of the error: it follows one reaction, and those of `await` by their identity.
   */
  const resultOf = (promise: ApiPromise): Promise<unknown> => {
    const noted = Observation.of(promise);
    if (noted.result !== undefined) return noted.result;
    const { call, thenUnwrap } = noted;
    call.watch();
    // openai 7, whose promises have a method of their own, makes another attempt where reading a body takes too long.
    noted.result =
      thenUnwrap === own._thenUnwrap
        ? reportOutcome(promise, own.then, call)
        : runInCall(call, reportOutcome, undefined, [promise, own.then, call]);
    return noted.result;
  };

  const methods: ThisType<ApiPromise> & Record<keyof AnthropicPromise & string, unknown> = {
    // biome-ignore lint/suspicious/noThenProperty: the promise's own method, which this one goes before
    then(onFulfilled: Reaction, onRejected: Reaction): Promise<unknown> {
      return resultOf(this).then(onFulfilled, onRejected);
    },
    catch(onRejected: Reaction): Promise<unknown> {
      return resultOf(this).catch(onRejected);
    },
    finally(onFinally: (() => void) | null | undefined): Promise<unknown> {
      return resultOf(this).finally(onFinally);
    },
    withResponse(): Promise<unknown> {
      const call = Observation.of(this).call;
      call.watch();
      return own.withResponse.call(this).then(
        (result) => {
          call.succeeded(field(result, 'data'));
          return result;
        },
        (error) => {
          call.failed(error);
          throw error;
        },
      );
    },
    asResponse(): Promise<unknown> {
      const call = Observation.of(this).call;
      const response = own.asResponse.call(this);
      if (call.isWatched) return response;
      call.keep();
      return response.then(
        (value) => {
          // Somebody may have asked for the body in the meantime.
          if (!call.isWatched) call.handedOver();
          return value;
        },
        (error) => {
          if (!call.isWatched) call.failed(error);
          throw error;
        },
      );
    },
    _thenUnwrap(transform: Transform): ApiPromise {
      const call = Observation.of(this).call;
      const derived = Observation.of(this).thenUnwrap.call(this, (data, ...rest) => {
        call.see(data);
        return transform(data, ...rest);
      });
      observeApiPromise(derived, call);
      return derived;
    },
    _responseProps(): Promise<unknown> {
      const call = Observation.of(this).call;
      call.keep();
      return (own as AnthropicPromise)._responseProps.call(this).then(
        (props) => {
          if (field(field(props, 'options'), 'stream') !== true) return props;
          const read = guard('a stream could not be observed', () =>
            readThroughStream(props, () => resultOf(this)),
          );
          if (read === undefined) call.handedOver();
          return read ?? props;
        },
        (error) => {
          if (!call.isWatched) call.failed(error);
          throw error;
        },
      );
    },
  };
  const observed: ApiPromise = Object.create(own);
  for (const [name, method] of Object.entries(methods)) if (name in own) defineHidden(observed, name, method);
  return observed;
}
