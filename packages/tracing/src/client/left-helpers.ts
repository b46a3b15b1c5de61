import { noteLeft } from '../errors/aborts.js';
import { guard } from '../reporter.js';
import { field } from '../unknown-values.js';
import { defineHidden } from './define-hidden.js';
import type { Method } from './trace-method.js';

/**
 * Wraps a method that returns a helper around the stream of a call, to note when the application leaves it: a stream
 * such as that of `chat.completions.stream`, a tool runner that yields such streams, or a thread that has methods of
 * both kinds.
 */
export function notingLeft(method: Method): Method {
  return function noting(this: unknown, ...args: unknown[]): unknown {
    const helper = method.apply(this, args);
    guard('a stream helper could not be observed', () => observeHelper(helper));
    return helper;
  };
}

function observeHelper(helper: unknown): void {
  const signal = signalOf(helper);
  if (signal !== undefined) observeStream(helper as object, signal);
  else if (typeof field(helper, Symbol.asyncIterator) === 'function') observeRunner(helper as object);
  else for (const name of ['stream', 'toolRunner', 'fork']) replace(helper, name, notingLeft);
}

/** Leaving such a stream aborts its request. */
function observeStream(helper: object, signal: AbortSignal): void {
  replace(helper, Symbol.asyncIterator, (iterate) => () => {
    const iterator = iterate.call(helper);
    replace(iterator, 'return', (leave) => (value) => {
      noteLeft(signal);
      return leave.call(iterator, value);
    });
    return iterator;
  });
  // Since openai 7, its own `cancel` aborts the request before it leaves the iterator.
  replace(helper, 'toReadableStream', (convert) => () => {
    const readable = convert.call(helper);
    return readable instanceof ReadableStream ? notingCancel(readable, signal) : readable;
  });
}

/** Leaving a tool runner aborts the request of the stream that it yielded last. */
function observeRunner(runner: object): void {
  replace(runner, Symbol.asyncIterator, (iterate) => () => {
    const iterator = iterate.call(runner);
    let turn: unknown;
    replace(iterator, 'next', (next) => async (value) => {
      const result = await next.call(iterator, value);
      turn = field(result, 'value');
      guard('a stream helper could not be observed', () => {
        if (signalOf(turn) !== undefined) observeHelper(turn);
      });
      return result;
    });
    replace(iterator, 'return', (leave) => (value) => {
      noteLeft(signalOf(turn));
      return leave.call(iterator, value);
    });
    return iterator;
  });
}

/** The signal of the request of a stream helper. */
function signalOf(helper: unknown): AbortSignal | undefined {
  const signal = field(field(helper, 'controller'), 'signal');
  return signal instanceof AbortSignal ? signal : undefined;
}

function notingCancel(source: ReadableStream, signal: AbortSignal): ReadableStream {
  const reader = source.getReader();
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await reader.read();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      cancel(reason) {
        noteLeft(signal);
        return reader.cancel(reason);
      },
    },
    { highWaterMark: 0 },
  );
}

function replace(target: unknown, name: PropertyKey, replacement: (method: Method) => Method): void {
  const method = field(target, name);
  if (typeof method === 'function') defineHidden(target as object, name, replacement(method as Method));
}
