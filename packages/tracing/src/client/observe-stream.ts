import { abandonWith, keepFromAbandonment } from '../abandonment.js';
import { field } from '../json.js';
import type { LlmCallSpan } from '../llm-call-span.js';
import { ObservedIterator } from '../observed-iterator.js';
import { type Abortable, type ChunkReader, StreamRecording } from '../stream-recording.js';
import { defineHidden } from './define-hidden.js';

type StreamClass = new (iterate: () => AsyncIterator<unknown>, controller: unknown) => { tee(): unknown };

/**
 * Makes a client's stream tell of what is read from it. The object stays the client's own: iteration and
 * `tee()` are replaced on it, `toReadableStream()` goes through iteration.
 *
 * An abort is noticed by whoever reads; there is no listener on the signal, because a signal may outlive
 * thousands of calls and would hold on to every one.
 */
export function observeStream(
  stream: AsyncIterable<unknown>,
  call: LlmCallSpan,
  reader: ChunkReader<unknown>,
): void {
  const controller = field(stream, 'controller');
  const recording = new StreamRecording(call, reader, field(controller, 'signal') as Abortable | undefined);
  const iterateUnobserved = stream[Symbol.asyncIterator];
  let taken = false;
  const iterate = () => {
    const inner = iterateUnobserved.call(stream);
    // A second iteration gets the client's own error, which says nothing of the first one.
    if (taken) return inner;
    taken = true;
    // From here on whoever has the iterator has the call, with or without the stream.
    keepFromAbandonment(recording);
    return new ObservedIterator(inner, recording);
  };
  abandonWith(stream, recording);
  defineHidden(stream, Symbol.asyncIterator, iterate);
  if (typeof field(stream, 'tee') === 'function') {
    const Stream = stream.constructor as StreamClass;
    defineHidden(stream, 'tee', () => new Stream(iterate, controller).tee());
  }
}
