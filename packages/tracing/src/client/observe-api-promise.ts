import { field } from '../json.js';
import { CallOfPromise } from './call-of-promise.js';
import type { ClientCall } from './client-call.js';
import { defineHidden } from './define-hidden.js';

type Transform = (data: unknown, ...rest: unknown[]) => unknown;
type Reaction = ((value: unknown) => unknown) | null | undefined;

/** The promise both clients return: it parses the body when it is first asked for it, and not before. */
export interface ApiPromise extends Promise<unknown> {
  asResponse(): Promise<unknown>;
  withResponse(): Promise<unknown>;
  /** How the clients' own helpers derive a promise of something else from it. */
  _thenUnwrap?(transform: Transform): ApiPromise;
}

export function isApiPromise(value: unknown): value is ApiPromise {
  return (
    value instanceof Promise &&
    typeof (value as ApiPromise).asResponse === 'function' &&
    typeof (value as ApiPromise).withResponse === 'function'
  );
}

/** What observed promises inherit from, by what they inherited from before. */
const observedPrototypes = new WeakMap<object, object>();

/**
 * Makes a client's promise tell its call how it turns out. It stays the same object of the same class, and
 * nothing is attached to it until the application attaches something: its body is not parsed for our sake,
 * and a rejection that nobody handles stays one.
 *
 * Its methods come from a prototype put before that of its class: giving every promise seven methods of its own
 * took a third of what a traced call costs.
 */
export function observeApiPromise(promise: ApiPromise, call: ClientCall): void {
  const own: ApiPromise = Object.getPrototypeOf(promise);
  let observed = observedPrototypes.get(own);
  if (observed === undefined) {
    observed = observedPrototype(own);
    observedPrototypes.set(own, observed);
  }
  Object.setPrototypeOf(promise, observed);
  new CallOfPromise(promise, call);
}

function observedPrototype(own: ApiPromise): object {
  /** Has the call told before the application's own reactions, so that it is recorded when they run. */
  const watch = (promise: ApiPromise): void => {
    const call = CallOfPromise.get(promise);
    if (call.watch())
      own.then.call(
        promise,
        (data) => call.succeeded(data),
        (error) => call.failed(error),
      );
  };
  const methods = {
    // biome-ignore lint/suspicious/noThenProperty: the promise's own method, which this one goes before
    then(this: ApiPromise, onFulfilled: Reaction, onRejected: Reaction): Promise<unknown> {
      const call = CallOfPromise.get(this);
      if (!call.watch()) return own.then.call(this, onFulfilled, onRejected);
      // Within the application's reactions: a reaction of our own would be a promise more.
      return own.then.call(
        this,
        (data) => {
          call.succeeded(data);
          return typeof onFulfilled === 'function' ? onFulfilled(data) : data;
        },
        (error) => {
          call.failed(error);
          if (typeof onRejected === 'function') return onRejected(error);
          throw error;
        },
      );
    },
    catch(this: ApiPromise, onRejected: Reaction): Promise<unknown> {
      watch(this);
      return own.catch.call(this, onRejected);
    },
    finally(this: ApiPromise, onFinally: (() => void) | null | undefined): Promise<unknown> {
      watch(this);
      return own.finally.call(this, onFinally);
    },
    withResponse(this: ApiPromise): Promise<unknown> {
      watch(this);
      return own.withResponse.call(this);
    },
    asResponse(this: ApiPromise): Promise<unknown> {
      const call = CallOfPromise.get(this);
      const response = own.asResponse.call(this);
      if (call.isWatched) return response;
      call.keep();
      return response.then(
        (value) => {
          // Somebody may have asked for the body in the meantime.
          if (!call.isWatched) call.handedOver(value);
          return value;
        },
        (error) => {
          if (!call.isWatched) call.failed(error);
          throw error;
        },
      );
    },
    _thenUnwrap(this: ApiPromise, transform: Transform): ApiPromise {
      const call = CallOfPromise.get(this);
      const unwrap = own._thenUnwrap as NonNullable<ApiPromise['_thenUnwrap']>;
      const derived = unwrap.call(this, (data, ...rest) => {
        call.see(data);
        return transform(data, ...rest);
      });
      observeApiPromise(derived, call);
      return derived;
    },
  };
  const observed: object = Object.create(own);
  for (const [name, method] of Object.entries(methods))
    if (typeof field(own, name) === 'function') defineHidden(observed, name, method);
  return observed;
}
