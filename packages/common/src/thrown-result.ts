import { isError } from './is-error.js';

// `ExportResultCode.FAILED` of @opentelemetry/core, the same in all lines.
const FAILED = 1;
/** One for all copies of this package. */
const THROWN = Symbol.for('llm-otel.thrown');

/** The result of an `export()`, as all lines of the SDK have it. */
export interface FailedResult {
  readonly code: number;
  readonly error?: Error;
}

/**
 * What an exporter that wraps another one answers when that one threw. Unlike a failure that it reports, one of the spans
 * may be the cause: an exporter that sends batches can find it with {@link isThrownResult}.
 */
export function thrownResult(error: unknown): FailedResult {
  return Object.assign({ code: FAILED, ...(isError(error) && { error }) }, { [THROWN]: true });
}

export function isThrownResult(result: unknown): boolean {
  return typeof result === 'object' && result !== null && THROWN in result;
}
