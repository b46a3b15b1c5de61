import { aPositiveInteger, checkOptions } from '@llm-otel/common';
import { type TelemetryOptions, telemetryChecks } from '../options.js';
import { type Telemetry, telemetryOf } from '../telemetry.js';

/** Options of {@link LlmTracingCallbackHandler}. */
export interface LlmTracingCallbackHandlerOptions extends TelemetryOptions {
  /**
   * Most runs that are open at a time. Beyond it the oldest one's span ends as it is.
   * @defaultValue 10,000
   */
  readonly maxOpenRuns?: number | undefined;
}

export interface ResolvedOptions {
  readonly telemetry: Telemetry;
  readonly maxOpenRuns: number;
}

/** @throws TypeError for an option that is not known or of the wrong type */
export function resolveOptions(options: LlmTracingCallbackHandlerOptions): ResolvedOptions {
  checkOptions<LlmTracingCallbackHandlerOptions>('LlmTracingCallbackHandler', options, {
    ...telemetryChecks,
    maxOpenRuns: aPositiveInteger,
  });
  return { telemetry: telemetryOf(options), maxOpenRuns: options.maxOpenRuns ?? 10_000 };
}
