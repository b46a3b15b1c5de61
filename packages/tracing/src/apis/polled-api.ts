import type { LlmCallRecorder, LlmRequestInfo } from '../llm-call-recorder.js';
import type { LlmOutputMessage } from '../llm-message.js';

/** Reads the results of one API that return the outcome of an earlier call. */
export interface PolledApi {
  /** The value of `gen_ai.operation.name`. */
  readonly operation: string;
  /** The outcome; `undefined` while there is none, and for a call that has reported its usage itself. */
  outcome(result: unknown): PolledOutcome | undefined;
  /** The result within an event of a stream; absent if results are not streamed. */
  resultOf?(event: unknown): unknown;
}

/** The outcome of a call that is polled. */
export interface PolledOutcome {
  /** Id of the call, by which it is counted only once. */
  readonly id: string;
  readonly request: LlmRequestInfo;
  /** Unix time in seconds, if it is known. */
  readonly startedAt: number | undefined;
  readonly endedAt: number | undefined;
  record(call: LlmCallRecorder): void;
  /** Absent if there is no content to capture. */
  content?(): readonly LlmOutputMessage[];
}
