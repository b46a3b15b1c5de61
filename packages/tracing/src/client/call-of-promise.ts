import type { ClientCall } from './client-call.js';

/** A constructor that hands back what it is given, so that a subclass's private fields end up there. */
class Given {
  constructor(target: object) {
    // biome-ignore lint/correctness/noConstructorReturn: the purpose of the class
    return target;
  }
}

/**
 * Notes a promise's call on the promise, where nobody can see it. A property that is hidden would take eight times
 * as long, a `WeakMap` five times.
 */
export class CallOfPromise extends Given {
  readonly #call: ClientCall;

  constructor(promise: object, call: ClientCall) {
    super(promise);
    this.#call = call;
  }

  static get(promise: object): ClientCall {
    return (promise as CallOfPromise).#call;
  }
}
