import { field } from '../json.js';
import type { ClientCall } from './client-call.js';
import { defineHidden } from './define-hidden.js';

type Transform = (data: unknown, ...rest: unknown[]) => unknown;

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
    ['asResponse', 'withResponse'].every((name) => typeof field(value, name) === 'function')
  );
}

/**
 * Makes a client's promise tell its call how it turns out. It stays the same object, and nothing is attached
 * to it until the application attaches something: its body is not parsed for our sake, and a rejection that
 * nobody handles stays one.
 */
export function observeApiPromise(promise: ApiPromise, call: ClientCall): void {
  const original = {
    // biome-ignore lint/suspicious/noThenProperty: a record of the promise's methods, never awaited
    then: promise.then,
    catch: promise.catch,
    finally: promise.finally,
    withResponse: promise.withResponse,
    asResponse: promise.asResponse,
  };
  let watched = false;
  const watch = () => {
    if (watched) return;
    watched = true;
    call.keep();
    // Before the application's own reaction, so that the call is recorded when that runs.
    original.then.call(
      promise,
      (data) => call.succeeded(data),
      (error) => call.failed(error),
    );
  };

  for (const name of ['then', 'catch', 'finally', 'withResponse'] as const) {
    const method = original[name] as (...args: unknown[]) => unknown;
    defineHidden(promise, name, (...args: unknown[]) => {
      watch();
      return method.apply(promise, args);
    });
  }
  defineHidden(promise, 'asResponse', () => {
    const response = original.asResponse.call(promise);
    if (watched) return response;
    call.keep();
    return response.then(
      (value) => {
        // Somebody may have asked for the body in the meantime.
        if (!watched) call.handedOver(value);
        return value;
      },
      (error) => {
        if (!watched) call.failed(error);
        throw error;
      },
    );
  });
  const { _thenUnwrap } = promise;
  if (typeof _thenUnwrap !== 'function') return;
  defineHidden(promise, '_thenUnwrap', (transform: Transform) => {
    const derived = _thenUnwrap.call(promise, (data, ...rest) => {
      call.see(data);
      return transform(data, ...rest);
    });
    observeApiPromise(derived, call);
    return derived;
  });
}
