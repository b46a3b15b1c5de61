import type { ContentReader } from '../content/content-reader.js';
import type { LlmCallRecorder, LlmRequestInfo } from '../llm-call-recorder.js';
import type { ChunkReader } from '../stream-recording.js';

/** How the requests, responses and chunks of one API are read. */
export interface LlmApi {
  /** As `gen_ai.operation.name` has it. */
  readonly operation: string;
  /** As `gen_ai.output.type` has it; absent where it is for the request to tell. */
  readonly outputType?: 'image' | 'speech';
  readRequest(body: unknown): LlmRequestInfo;
  readResponse(response: unknown, call: LlmCallRecorder): void;
  /** For one streamed response. */
  chunkReader(call: LlmCallRecorder): ChunkReader<unknown>;
  /** The same request, asking for the usage that a stream does not tell of itself; absent where all do. */
  askForUsage?(body: unknown): unknown;
  /** Absent where there is no content to capture. */
  readonly content?: ContentReader;
}
