import type { ClientCall } from './client-call.js';
import type { ApiPromise } from './observe-api-promise.js';

type ThenUnwrap = ApiPromise['_thenUnwrap'];

/** A constructor that hands back what it is given, so that a subclass's private fields end up there. */
class Given {
  constructor(target: object) {
    // biome-ignore lint/correctness/noConstructorReturn: the purpose of the class
    return target;
  }
}

/** What is known about an observed promise. */
class Noted {
  readonly call: ClientCall;
  readonly thenUnwrap: ThenUnwrap;
  /** Once the application has asked for it: a promise that settles after the call has been notified. */
  result: Promise<unknown> | undefined = undefined;

  constructor(call: ClientCall, thenUnwrap: ThenUnwrap) {
    this.call = call;
    this.thenUnwrap = thenUnwrap;
  }
}

/**
 * Notes it on the promise itself, in a private field. A property that is hidden would take eight times as long, a
 * `WeakMap` five times.
 */
export class Observation extends Given {
  // One field: each makes V8 move the promise to another map.
  readonly #noted: Noted;

  /** @param thenUnwrap - the method that the promise had before */
  constructor(promise: object, call: ClientCall, thenUnwrap: ThenUnwrap) {
    super(promise);
    this.#noted = new Noted(call, thenUnwrap);
  }

  static of(promise: object): Noted {
    return (promise as Observation).#noted;
  }
}
