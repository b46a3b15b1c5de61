import type { ContentReader } from '../content/content-reader.js';
import type { LlmCallRecorder, LlmRequestInfo } from '../llm-call-recorder.js';
import type { ChunkReader } from '../stream-recording.js';

/** How the requests, responses and chunks of one API are read. */
export interface LlmApi {
  /** As `gen_ai.operation.name` has it. */
  readonly operation: string;
  readRequest(body: unknown): LlmRequestInfo;
  readResponse(response: unknown, call: LlmCallRecorder): void;
  /** For one streamed response. */
  chunkReader(call: LlmCallRecorder): ChunkReader<unknown>;
  /** Absent where there is no content to capture. */
  readonly content?: ContentReader;
}
