import type { ContentReader } from '../content/content-reader.js';
import type { LlmCallRecorder, LlmRequestInfo } from '../llm-call-recorder.js';
import type { ChunkReader } from '../streams/stream-recording.js';

/** Reads the requests, responses and chunks of one API. */
export interface LlmApi {
  /** The value of `gen_ai.operation.name`. */
  readonly operation: string;
  /** Value of `gen_ai.output.type`; absent if it depends on the request. */
  readonly outputType?: 'image' | 'json' | 'speech';
  readRequest(body: unknown): LlmRequestInfo;
  readResponse(response: unknown, call: LlmCallRecorder): void;
  /** Creates a reader for one streamed response. */
  chunkReader(call: LlmCallRecorder): ChunkReader<unknown>;
  /** Returns the same request, with a request for the usage of its stream; absent if all streams report it anyway. */
  askForUsage?(body: unknown): unknown;
  /** Absent if there is no content to capture. */
  readonly content?: ContentReader;
}
