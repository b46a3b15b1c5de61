import { context } from '@opentelemetry/api';
import type { LlmCallSpan } from './call/llm-call-span.js';
import { abortOf } from './errors/aborts.js';
import type { LlmCallRecorder } from './llm-call-recorder.js';
import type { LlmCallOptions } from './options.js';
import { guard } from './reporter.js';
import { ObservedIterator } from './streams/observed-iterator.js';
import { StreamRecording } from './streams/stream-recording.js';
import { tracedReadableStream } from './streams/traced-readable-stream.js';
import { startLlmCall } from './trace-llm-call.js';

/** Options of {@link traceLlmStream}. */
export interface LlmStreamOptions<Chunk> extends LlmCallOptions {
  /**
   * Called with each chunk, to record what it contains, for example the usage. Return `false` for a chunk without
   * content. Chunks are counted without this option.
   * @defaultValue none: every chunk counts as content
   */
  // biome-ignore lint/suspicious/noConfusingVoidType: so that a function that only records may be an arrow function.
  readonly onChunk?: ((chunk: Chunk, call: LlmCallRecorder) => boolean | void) | undefined;
}

/**
 * Traces one call whose response is streamed. `open` makes the call and returns the stream, and the span ends when the
 * stream does: on completion, on an error, when the application leaves it (`break`, `return()`, `cancel()`), or when the
 * application drops it and it is garbage-collected.
 *
 * @param options - provider, model and operation; how chunks are read
 * @param open - makes the call; runs inside the span
 * @returns a stream of the same chunks: a `ReadableStream` for a `ReadableStream` (a byte stream loses its BYOB
 *   readers), and an async iterator for any other async iterable
 */
export function traceLlmStream<Chunk>(
  options: LlmStreamOptions<Chunk>,
  open: (call: LlmCallRecorder) => Promise<ReadableStream<Chunk>> | ReadableStream<Chunk>,
): Promise<ReadableStream<Chunk>>;
export function traceLlmStream<Chunk>(
  options: LlmStreamOptions<Chunk>,
  open: (call: LlmCallRecorder) => Promise<AsyncIterable<Chunk>> | AsyncIterable<Chunk>,
): Promise<AsyncIterableIterator<Chunk>>;
export async function traceLlmStream<Chunk>(
  options: LlmStreamOptions<Chunk>,
  open: (call: LlmCallRecorder) => Promise<AsyncIterable<Chunk>> | AsyncIterable<Chunk>,
): Promise<AsyncIterable<Chunk>> {
  const call = startLlmCall(options, { streaming: true });
  let source: AsyncIterable<Chunk>;
  try {
    source = await context.with(call.context, () => open(call));
  } catch (error) {
    call.recordError(error);
    call.end();
    throw error;
  }
  return (
    guard('a stream could not be observed', () => observe(source, call, options)) ?? unobserved(source, call)
  );
}

function observe<Chunk>(
  source: AsyncIterable<Chunk>,
  call: LlmCallSpan,
  options: LlmStreamOptions<Chunk>,
): AsyncIterable<Chunk> {
  const { onChunk } = options;
  const reader = { read: (chunk: Chunk) => onChunk?.(chunk, call) !== false };
  const recording = new StreamRecording<Chunk>(call, reader, abortOf(source));
  if (source instanceof ReadableStream) return tracedReadableStream(source, recording, call.context);
  const inner = source[Symbol.asyncIterator]();
  return new ObservedIterator(inWhichCallIsActive(inner, call), recording);
}

/**
 * A generator, like the source of a `ReadableStream`, runs in the context of whoever requests the next chunk, but its
 * own requests belong to the call.
 */
function inWhichCallIsActive<Chunk>(inner: AsyncIterator<Chunk>, call: LlmCallSpan): AsyncIterator<Chunk> {
  const within =
    <Args extends unknown[], Result>(step: (...args: Args) => Result) =>
    (...args: Args): Result =>
      context.with(call.context, step, inner, ...args);
  return {
    next: within(inner.next),
    ...(inner.return && { return: within(inner.return) }),
    ...(inner.throw && { throw: within(inner.throw) }),
  };
}

function unobserved<Chunk>(source: AsyncIterable<Chunk>, call: LlmCallSpan): AsyncIterable<Chunk> {
  call.end();
  return source;
}
