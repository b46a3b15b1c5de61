import { field } from '../json.js';
import { guard } from '../reporter.js';
import { defineHidden } from './define-hidden.js';
import type { Method } from './trace-method.js';

/** Signals of helpers that the application has left. They then abort their requests, but the application did not. */
const left = new WeakSet<object>();

/** @param signal - the signal of a request */
export function isLeft(signal: unknown): boolean {
  return left.has(Object(signal));
}

/** Wraps a method that returns a helper around a stream, such as `chat.completions.stream`, to note when it is left. */
export function notingLeft(method: Method): Method {
  return function noting(this: unknown, ...args: unknown[]): unknown {
    const helper = method.apply(this, args);
    guard('a stream helper could not be observed', () => noteLeft(helper));
    return helper;
  };
}

function noteLeft(helper: unknown): void {
  const iterate = field(helper, Symbol.asyncIterator);
  const signal = field(field(helper, 'controller'), 'signal');
  if (typeof iterate !== 'function' || !(signal instanceof AbortSignal)) return;
  defineHidden(helper as object, Symbol.asyncIterator, () => {
    const iterator: AsyncIterator<unknown> = iterate.call(helper);
    guard('a stream helper could not be observed', () => noteReturn(iterator, signal));
    return iterator;
  });
}

function noteReturn(iterator: AsyncIterator<unknown>, signal: AbortSignal): void {
  const leave = iterator.return;
  if (leave === undefined) return;
  iterator.return = (value) => {
    if (!signal.aborted) left.add(signal);
    return leave.call(iterator, value);
  };
}
