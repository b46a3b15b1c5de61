import type { LlmUsage } from '@llm-otel/semantic-conventions';
import type { LlmMessage, LlmMessagePart, LlmOutputMessage } from './llm-message.js';

/** The request of a call. Every field is optional; a later value replaces an earlier one. */
export interface LlmRequestInfo {
  /** Requested model. */
  readonly model?: string | undefined;
  /** Sampling temperature. */
  readonly temperature?: number | undefined;
  /** Maximum number of output tokens. */
  readonly maxTokens?: number | undefined;
  /** Number of messages in the prompt. */
  readonly messageCount?: number | undefined;
  /** Length of the system prompt, in characters. */
  readonly systemLength?: number | undefined;
  /** Whether a streamed response is requested. */
  readonly streaming?: boolean | undefined;
  /** Requested service tier, in the provider's words. */
  readonly serviceTier?: string | undefined;
  /** The prompt; recorded only with `captureContent: true`. */
  readonly inputMessages?: readonly LlmMessage[] | undefined;
  /** The system prompt, if it is separate from the messages; recorded only with `captureContent: true`. */
  readonly systemInstructions?: readonly LlmMessagePart[] | undefined;
}

/** Token counts, as far as they are known. `inputTokens` includes cached tokens, `outputTokens` includes reasoning. */
export type LlmUsageInfo = { readonly [Count in keyof LlmUsage]?: number | undefined };

/** The response of a call. Every field is optional; a later value replaces an earlier one. */
export interface LlmResponseInfo {
  /** The id that the provider gave the response. */
  readonly id?: string | undefined;
  /** Model that served the call. */
  readonly model?: string | undefined;
  /** Why the model stopped, in the provider's words. */
  readonly stopReason?: string | undefined;
  /** For a response with several choices: why the model stopped in each, in order. The first is also the `stopReason`. */
  readonly stopReasons?: readonly (string | undefined)[] | undefined;
  /** Length of the response text, in characters. */
  readonly responseLength?: number | undefined;
  /** Service tier that served the call, in the provider's words. */
  readonly serviceTier?: string | undefined;
  /** Cost of the call in USD, as reported by the response itself. */
  readonly costUsd?: number | undefined;
  /** The response; recorded only with `captureContent: true`. */
  readonly outputMessages?: readonly LlmOutputMessage[] | undefined;
}

/** One chunk of a streamed response. */
export interface LlmChunkInfo {
  /**
   * Whether the chunk has content, rather than only a role, an id or the usage.
   * @defaultValue true
   */
  readonly content?: boolean | undefined;
}

/** One attempt after the first: why, and after how long. */
export interface LlmRetryInfo {
  /** HTTP status of the previous attempt. */
  readonly status?: number | undefined;
  /** Milliseconds that the client waited before this attempt. */
  readonly delayMillis?: number | undefined;
  /** Error of the previous attempt, if it got no response. */
  readonly error?: unknown;
}

/** Records what becomes known about an LLM call. No method throws. After the call has ended they have no effect. */
export interface LlmCallRecorder {
  /** Records the request, or a part of it. */
  recordRequest(request: LlmRequestInfo): void;
  /** Records token counts, which replace those recorded before. Counts that are not non-negative integers are left out. */
  recordUsage(usage: LlmUsageInfo): void;
  /** Counts one chunk. The first one with content determines the time to first token. */
  recordChunk(chunk?: LlmChunkInfo): void;
  /** Records the response, or a part of it. */
  recordResponse(response: LlmResponseInfo): void;
  /** Counts one attempt after the first, and adds a span event `llm.retry`. */
  recordRetry(retry?: LlmRetryInfo): void;
  /** Marks the call as failed. If several errors are recorded, the first one counts. */
  recordError(error: unknown): void;
}
