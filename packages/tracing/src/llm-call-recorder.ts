import type { LlmUsage } from '@llm-otel/semantic-conventions';
import type { LlmMessage, LlmMessagePart, LlmOutputMessage } from './llm-message.js';

/** What a request asks for. Everything is optional; what is told later replaces what was told before. */
export interface LlmRequestInfo {
  /** Model as requested. */
  readonly model?: string | undefined;
  /** Sampling temperature. */
  readonly temperature?: number | undefined;
  /** Most output tokens that the request allows. */
  readonly maxTokens?: number | undefined;
  /** Number of messages in the prompt. */
  readonly messageCount?: number | undefined;
  /** Length of the system text, in characters. */
  readonly systemLength?: number | undefined;
  /** Whether the response is to be streamed. */
  readonly streaming?: boolean | undefined;
  /** Service tier that is asked for, in the provider's words. */
  readonly serviceTier?: string | undefined;
  /** The prompt, recorded with `captureContent: true` only. */
  readonly inputMessages?: readonly LlmMessage[] | undefined;
  /** The system text where it is apart from the prompt, recorded with `captureContent: true` only. */
  readonly systemInstructions?: readonly LlmMessagePart[] | undefined;
}

/** Token counts, as far as they are known: `inputTokens` includes cached tokens, `outputTokens` reasoning. */
export type LlmUsageInfo = { readonly [Count in keyof LlmUsage]?: number | undefined };

/** What a response tells of itself. */
export interface LlmResponseInfo {
  /** The provider's id of the response. */
  readonly id?: string | undefined;
  /** Model that served the call. */
  readonly model?: string | undefined;
  /** Why the model stopped, in the provider's words. */
  readonly stopReason?: string | undefined;
  /** Length of the response's text, in characters. */
  readonly responseLength?: number | undefined;
  /** Service tier that served the call, in the provider's words. */
  readonly serviceTier?: string | undefined;
  /** What the response itself says that the call cost. USD. */
  readonly costUsd?: number | undefined;
  /** The response, recorded with `captureContent: true` only. */
  readonly outputMessages?: readonly LlmOutputMessage[] | undefined;
}

/** What one chunk of a streamed response is. */
export interface LlmChunkInfo {
  /**
   * Whether the chunk bears content, rather than a role, an id or the usage.
   * @defaultValue true
   */
  readonly content?: boolean | undefined;
}

/** Why, and after how long, a call is tried again. */
export interface LlmRetryInfo {
  /** HTTP status of the attempt that failed. */
  readonly status?: number | undefined;
  /** How long was waited before this attempt, in milliseconds. */
  readonly delayMillis?: number | undefined;
  /** What the attempt failed with, where there was no response. */
  readonly error?: unknown;
}

/** Takes what becomes known of an LLM call. No method throws; after the call has ended they do nothing. */
export interface LlmCallRecorder {
  recordRequest(request: LlmRequestInfo): void;
  /** The counts replace those recorded before; counts that are no non-negative integers are left out. */
  recordUsage(usage: LlmUsageInfo): void;
  /** Counts one chunk; the first that bears content gives the time to first token. */
  recordChunk(chunk?: LlmChunkInfo): void;
  recordResponse(response: LlmResponseInfo): void;
  /** Counts one attempt beyond the first. */
  recordRetry(retry?: LlmRetryInfo): void;
  /** Makes the call a failed one. The first error recorded is the one that is told. */
  recordError(error: unknown): void;
}
