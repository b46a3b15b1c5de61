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
export { Reporter } from './reporter.js';
export { withTracingSuppressed } from './suppress-tracing.js';
