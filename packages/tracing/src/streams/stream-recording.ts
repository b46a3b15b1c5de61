import { type Abandonable, keepFromAbandonment } from '../call/abandonment.js';
import type { LlmCallSpan } from '../call/llm-call-span.js';
import { guard, reporter } from '../reporter.js';

/** Reads the chunks of one streamed response. */
export interface ChunkReader<Chunk> {
  /** Reads one chunk. @returns whether it has content */
  read(chunk: Chunk): boolean;
  /** Records what was collected, wherever the stream ends. */
  finish?(): void;
}

/** Is notified of a stream as it is read. None of the methods throws. */
export interface StreamObserver<Chunk> extends Abandonable {
  chunk(chunk: Chunk): void;
  /** The stream is over, or the application has left it. */
  over(): void;
  failed(error: unknown): void;
}

/** Records a stream as it is read, and ends its call when the stream ends, in whichever way that happens first. */
export class StreamRecording<Chunk> implements StreamObserver<Chunk> {
  readonly #call: LlmCallSpan;
  readonly #reader: ChunkReader<Chunk>;
  readonly #abort: (() => unknown) | undefined;

  /** @param abort - returns the error with which the application has aborted the stream, if it has */
  constructor(call: LlmCallSpan, reader: ChunkReader<Chunk>, abort?: () => unknown) {
    this.#call = call;
    this.#reader = reader;
    this.#abort = abort;
    call.recordActivity();
  }

  chunk(chunk: Chunk): void {
    let content = true;
    // Not `guard`: this is on the path of every chunk.
    try {
      content = this.#reader.read(chunk);
    } catch (error) {
      reporter.errorOnce('a chunk could not be read', error);
    }
    this.#call.countChunk(content);
  }

  /** The stream is over, or the application has left it: neither is an error, unless it was aborted before. */
  over(): void {
    // The clients end the iteration of an aborted stream as if it were complete.
    const error = this.#abort?.();
    if (error === undefined) this.#end();
    else this.failed(error);
  }

  failed(error: unknown): void {
    this.#call.recordError(error);
    this.#end();
  }

  abandon(): void {
    this.#finish();
    this.#call.endAbandoned();
  }

  #end(): void {
    keepFromAbandonment(this);
    this.#finish();
    this.#call.end();
  }

  #finish(): void {
    guard('a stream could not be recorded', () => this.#reader.finish?.());
  }
}
