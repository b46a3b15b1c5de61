import type { LlmMessage, LlmMessagePart, LlmOutputMessage } from '../llm-message.js';

/** The content of a request. */
export interface RequestContent {
  readonly inputMessages: readonly LlmMessage[];
  readonly systemInstructions?: readonly LlmMessagePart[];
}

/** Puts the content of a streamed response together. */
export interface ContentGatherer {
  add(chunk: unknown): void;
  messages(): readonly LlmOutputMessage[];
}

/** How the content of one API is read, for calls that capture it. */
export interface ContentReader {
  readRequest(body: unknown): RequestContent;
  /** Absent where the response is no content, as numbers are not. */
  readResponse?(response: unknown): readonly LlmOutputMessage[];
  /** For one streamed response. */
  gather?(): ContentGatherer;
}
