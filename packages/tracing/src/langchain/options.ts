import { aPositiveInteger, checkOptions } from '@llm-otel/common';
import { type TelemetryOptions, telemetryChecks } from '../options.js';
import { type Telemetry, telemetryOf } from '../telemetry.js';

/** Options of {@link LlmTracingCallbackHandler}. */
export interface LlmTracingCallbackHandlerOptions extends TelemetryOptions {
  /**
   * Maximum number of open runs. Beyond it, the span of the oldest run is ended as it is. A positive integer.
   * @defaultValue 10000
   */
  readonly maxOpenRuns?: number | undefined;
}

export interface ResolvedOptions {
  readonly telemetry: Telemetry;
  readonly maxOpenRuns: number;
}

/** @throws TypeError if an option is unknown or of the wrong type */
export function resolveOptions(options: LlmTracingCallbackHandlerOptions): ResolvedOptions {
  checkOptions<LlmTracingCallbackHandlerOptions>('LlmTracingCallbackHandler', options, {
    ...telemetryChecks,
    maxOpenRuns: aPositiveInteger,
  });
  return { telemetry: telemetryOf(options), maxOpenRuns: options.maxOpenRuns ?? 10_000 };
}
