import { abandonWith } from '../call/abandonment.js';
import type { StreamObserver } from './stream-recording.js';

/** The prototype of async generators: iterability, disposal and whatever else is added to it. */
const asyncIteratorPrototype: object = Object.getPrototypeOf(
  Object.getPrototypeOf(Object.getPrototypeOf((async function* () {})())),
);

/** Passes on what an async iterator does, and notifies the recording. */
export class ObservedIterator<Chunk> implements AsyncIterator<Chunk> {
  readonly #inner: AsyncIterator<Chunk>;
  readonly #recording: StreamObserver<Chunk>;
  readonly #passOn: (result: IteratorResult<Chunk>) => IteratorResult<Chunk>;
  readonly #fail: (error: unknown) => never;

  constructor(inner: AsyncIterator<Chunk>, recording: StreamObserver<Chunk>) {
    this.#inner = inner;
    this.#recording = recording;
    this.#passOn = (result) => {
      if (result.done) recording.over();
      else recording.chunk(result.value);
      return result;
    };
    this.#fail = (error) => {
      recording.failed(error);
      throw error;
    };
    abandonWith(this, recording);
  }

  next(value?: unknown): Promise<IteratorResult<Chunk>> {
    let result: Promise<IteratorResult<Chunk>>;
    try {
      result = this.#inner.next(value);
    } catch (error) {
      return this.#fail(error);
    }
    // One promise per chunk, where an async function would create two.
    return (result instanceof Promise ? result : Promise.resolve(result)).then(this.#passOn, this.#fail);
  }

  return(value?: unknown): Promise<IteratorResult<Chunk>> {
    this.#recording.over();
    return this.#inner.return?.(value) ?? Promise.resolve({ done: true, value });
  }

  async throw(error?: unknown): Promise<IteratorResult<Chunk>> {
    if (this.#inner.throw === undefined) return this.#fail(error);
    return this.#inner.throw(error).then(this.#passOn, this.#fail);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
Object.setPrototypeOf(ObservedIterator.prototype, asyncIteratorPrototype);
