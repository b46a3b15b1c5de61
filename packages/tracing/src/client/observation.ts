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

/** What is noted of a promise. */
class Noted {
  readonly call: ClientCall;
  readonly thenUnwrap: ThenUnwrap;
  /** Once the application has asked for it: a promise behind which the call has been told of it. */
  result: Promise<unknown> | undefined = undefined;

  constructor(call: ClientCall, thenUnwrap: ThenUnwrap) {
    this.call = call;
    this.thenUnwrap = thenUnwrap;
  }
}

/**
 * Where it is noted: on the promise, where nobody can see it. A property that is hidden would take eight
 * times as long, a `WeakMap` five times.
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
