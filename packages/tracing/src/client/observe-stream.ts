import { abandonWith, keepFromAbandonment } from '../call/abandonment.js';
import type { LlmCallSpan } from '../call/llm-call-span.js';
import { abortOf } from '../errors/aborts.js';
import { ObservedIterator } from '../streams/observed-iterator.js';
import { type ChunkReader, type StreamObserver, StreamRecording } from '../streams/stream-recording.js';
import { field } from '../unknown-values.js';
import { defineHidden } from './define-hidden.js';

interface Splittable {
  controller: unknown;
  tee(): readonly Splittable[];
  toReadableStream(): ReadableStream;
}

type StreamClass = new (iterate: () => AsyncIterator<unknown>, controller: unknown) => Splittable;

/**
 * Records a client's stream as it is read.
 *
 * An abort is noticed when the stream is read; there is no listener on the signal, because a signal may outlive
 * thousands of calls and would hold on to every one.
 *
 * @param given - the signal that was passed to the request
 */
export function recordStream(
  stream: AsyncIterable<unknown>,
  call: LlmCallSpan,
  reader: ChunkReader<unknown>,
  given?: unknown,
): void {
  observeStream(stream, new StreamRecording(call, reader, abortOf(stream, given)));
}

/**
 * Notifies an observer of what is read from a client's stream. The object stays the client's own: iteration, `tee()` and
 * `toReadableStream()` are replaced on it.
 */
export function observeStream(stream: AsyncIterable<unknown>, observer: StreamObserver<unknown>): void {
  const controller = field(stream, 'controller');
  const iterateUnobserved = stream[Symbol.asyncIterator];
  let taken = false;
  const iterate = () => {
    const inner = iterateUnobserved.call(stream);
    // A second iteration gets the client's own error, which is no failure of the first one.
    if (taken) return inner;
    taken = true;
    // From here on the call is alive as long as the iterator, with or without the stream.
    keepFromAbandonment(observer);
    return new ObservedIterator(inner, observer);
  };
  abandonWith(stream, observer);
  defineHidden(stream, Symbol.asyncIterator, iterate);
  if (typeof field(stream, 'tee') === 'function') {
    const Stream = stream.constructor as StreamClass;
    const observed = () => new Stream(iterate, leavingController(controller, observer));
    defineHidden(stream, 'tee', () => {
      const halves = observed().tee();
      for (const half of halves) half.controller = controller;
      return halves;
    });
    defineHidden(stream, 'toReadableStream', () => observed().toReadableStream());
  }
}

/**
 * What a stream aborts its request with when the application has left it: since openai 7, before it notifies its iterator.
 * That is no abort by the application, which has the stream's own controller.
 */
function leavingController(controller: unknown, observer: StreamObserver<unknown>) {
  return {
    signal: field(controller, 'signal'),
    abort(reason?: unknown): void {
      observer.over();
      (controller as AbortController).abort(reason);
    },
  };
}
