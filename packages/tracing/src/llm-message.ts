/**
 * One part of a message, in the format of the OpenTelemetry GenAI conventions (`gen-ai-input-messages.json`). Parts of
 * other types (images, audio, files) are named but not included.
 */
export type LlmMessagePart =
  | { readonly type: 'text' | 'reasoning'; readonly content: string }
  | { readonly type: 'tool_call'; readonly id?: string; readonly name: string; readonly arguments?: unknown }
  | { readonly type: 'tool_call_response'; readonly id?: string; readonly response: unknown }
  | { readonly type: string };

/** A message of the prompt. */
export interface LlmMessage {
  /** `user`, `assistant`, `tool`, `system` … */
  readonly role: string;
  /** Parts of the message, in order. */
  readonly parts: readonly LlmMessagePart[];
}

/** A message of the response, which is one choice of the model. */
export interface LlmOutputMessage extends LlmMessage {
  /** Why the model stopped, in the provider's words. */
  readonly finish_reason?: string | undefined;
}
