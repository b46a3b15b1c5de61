import type { LlmCallRecorder, LlmRequestInfo } from '../llm-call-recorder.js';
import type { LlmOutputMessage } from '../llm-message.js';

/** How the results of one API are read in which the outcome of a call made before turns up. */
export interface PolledApi {
  /** As `gen_ai.operation.name` has it. */
  readonly operation: string;
  /** `undefined` for as long as there is none, and for a call that has told its usage itself. */
  outcome(result: unknown): PolledOutcome | undefined;
}

/** What became of a call that somebody had to ask about. */
export interface PolledOutcome {
  /** Of the call, by which it is counted once. */
  readonly id: string;
  readonly request: LlmRequestInfo;
  /** Unix time in seconds, as far as it is known. */
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  record(call: LlmCallRecorder): void;
  /** Absent where there is no content to capture. */
  content?(): readonly LlmOutputMessage[];
}
