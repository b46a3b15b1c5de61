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

/**
 * What is noted of a promise, on the promise, where nobody can see it. A property that is hidden would take eight
 * times as long, a `WeakMap` five times.
 */
export class Observation extends Given {
  readonly #call: ClientCall;
  readonly #thenUnwrap: ThenUnwrap;
  #result: Promise<unknown> | undefined;

  /** @param thenUnwrap - the method that the promise had before */
  constructor(promise: object, call: ClientCall, thenUnwrap: ThenUnwrap) {
    super(promise);
    this.#call = call;
    this.#thenUnwrap = thenUnwrap;
  }

  static callOf(promise: object): ClientCall {
    return (promise as Observation).#call;
  }

  static unwrapOf(promise: object): ThenUnwrap {
    return (promise as Observation).#thenUnwrap;
  }

  /** The result, once the call has been told of it; from `ask` when it is first needed. */
  static resultOf(promise: object, ask: () => Promise<unknown>): Promise<unknown> {
    const observation = promise as Observation;
    observation.#result ??= ask();
    return observation.#result;
  }
}
