import { field } from '../json.js';
import { guard } from '../reporter.js';
import { defineHidden } from './define-hidden.js';
import type { Method } from './trace-method.js';

/** The signals of helpers that the application has left: they then abort their requests, which is no abort by it. */
const left = new WeakSet<object>();

/** @param signal - of a request */
export function isLeft(signal: unknown): boolean {
  return left.has(Object(signal));
}

/** A method that gives a helper around a stream, such as `chat.completions.stream`; it notes when that is left. */
export function notingLeft(method: Method): Method {
  return function noting(this: unknown, ...args: unknown[]): unknown {
    const helper = method.apply(this, args);
    guard('a stream helper could not be observed', () => noteLeft(helper));
    return helper;
  };
}

function noteLeft(helper: unknown): void {
  const iterate = field(helper, Symbol.asyncIterator);
  const signal = field(field(helper, 'controller'), 'signal') as AbortSignal | undefined;
  if (typeof iterate !== 'function' || signal === undefined) return;
  defineHidden(helper as object, Symbol.asyncIterator, () => {
    const iterator: AsyncIterator<unknown> = iterate.call(helper);
    const leave = iterator.return;
    if (leave !== undefined)
      iterator.return = (value) => {
        if (!signal.aborted) left.add(signal);
        return leave.call(iterator, value);
      };
    return iterator;
  });
}
