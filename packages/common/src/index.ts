export {
  aBoolean,
  aFunction,
  aNonNegativeNumber,
  anArrayOf,
  anObject,
  anObjectWith,
  aPositiveInteger,
  aString,
  type Check,
  checkOptions,
  describe,
  oneOf,
} from './check-options.js';
export { isError } from './is-error.js';
export { parseJsonObject } from './parse-json-object.js';
export { Reporter } from './reporter.js';
export {
  type LimitedSpan,
  type SpanChanges,
  type SpanScope,
  SpanView,
  type ViewableSpan,
} from './span-view.js';
export { withTracingSuppressed } from './suppress-tracing.js';
export { type FailedResult, isThrownResult, thrownResult } from './thrown-result.js';
export { MAX_TIMER_MILLIS } from './timers.js';
