import { context } from '@opentelemetry/api';
import { LlmCallSpan } from './call/llm-call-span.js';
import type { LlmCallRecorder, LlmRequestInfo } from './llm-call-recorder.js';
import type { LlmCallOptions } from './options.js';
import { guard, reporter } from './reporter.js';
import { telemetryOf } from './telemetry.js';
import { asString, isAsyncIterable } from './unknown-values.js';

/**
 * Traces one call of a model, made with any client. `fn` runs inside a CLIENT span named after the operation and the model
 * (`chat gpt-4o`), and passes what it learns to the recorder.
 *
 * The span ends when the promise of `fn` settles. What `fn` returns or throws is passed on unchanged, and no fault of
 * the tracing reaches the application. An invalid option is reported to `diag` rather than thrown.
 *
 * @param options - provider, model and operation; where and how the call is recorded
 * @param fn - makes the call
 * @returns what `fn` returns
 */
export async function traceLlmCall<T>(
  options: LlmCallOptions,
  fn: (call: LlmCallRecorder) => Promise<T> | T,
): Promise<T> {
  const call = startLlmCall(options);
  try {
    const result = await context.with(call.context, () => fn(call));
    guard('a result could not be inspected', () => warnOfStream(result));
    return result;
  } catch (error) {
    call.recordError(error);
    throw error;
  } finally {
    call.end();
  }
}

function warnOfStream(result: unknown): void {
  if (isAsyncIterable(result))
    reporter.warnOnce(
      'traceLlmCall returned a stream, which its span does not cover: use traceLlmStream instead',
    );
}

export function startLlmCall(options: LlmCallOptions, request?: LlmRequestInfo): LlmCallSpan {
  const { provider, model, operation } = options ?? {};
  // This is on the path of every call, so a wrong option is reported rather than thrown.
  if (asString(provider) === undefined || asString(model) === undefined)
    reporter.warnOnce('the options "provider" and "model" must be non-empty strings');
  return new LlmCallSpan(
    {
      telemetry: telemetryOf(options ?? {}),
      provider: asString(provider) ?? 'unknown',
      operation: asString(operation) ?? 'chat',
    },
    { model, ...request },
  );
}
