import { abandonWith } from './abandonment.js';
import type { StreamRecording } from './stream-recording.js';

/** What async generators inherit: iterability, disposal and whatever is added to them. */
const asyncIteratorPrototype: object = Object.getPrototypeOf(
  Object.getPrototypeOf(Object.getPrototypeOf((async function* () {})())),
);

/** Passes on what an async iterator does, as it does it, and tells the recording. */
export class ObservedIterator<Chunk> implements AsyncIterator<Chunk> {
  readonly #inner: AsyncIterator<Chunk>;
  readonly #recording: StreamRecording<Chunk>;

  constructor(inner: AsyncIterator<Chunk>, recording: StreamRecording<Chunk>) {
    this.#inner = inner;
    this.#recording = recording;
    abandonWith(this, recording);
  }

  async next(...args: [] | [unknown]): Promise<IteratorResult<Chunk>> {
    let result: IteratorResult<Chunk>;
    try {
      result = await this.#inner.next(...args);
    } catch (error) {
      this.#recording.failed(error);
      throw error;
    }
    this.#tell(result);
    return result;
  }

  return(value?: unknown): Promise<IteratorResult<Chunk>> {
    this.#recording.over();
    return this.#inner.return?.(value) ?? Promise.resolve({ done: true, value });
  }

  async throw(error?: unknown): Promise<IteratorResult<Chunk>> {
    try {
      if (this.#inner.throw === undefined) throw error;
      const result = await this.#inner.throw(error);
      this.#tell(result);
      return result;
    } catch (thrown) {
      this.#recording.failed(thrown);
      throw thrown;
    }
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #tell(result: IteratorResult<Chunk>): void {
    if (result.done) this.#recording.over();
    else this.#recording.chunk(result.value);
  }
}
Object.setPrototypeOf(ObservedIterator.prototype, asyncIteratorPrototype);
