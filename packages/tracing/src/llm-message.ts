/**
 * One part of a message, as the OpenTelemetry GenAI conventions have it (`gen-ai-input-messages.json`). Parts of
 * other types (images, audio, files) are named and not quoted.
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
  readonly parts: readonly LlmMessagePart[];
}

/** A message of the response: one choice of the model. */
export interface LlmOutputMessage extends LlmMessage {
  /** Why the model stopped, in the provider's words. */
  readonly finish_reason?: string | undefined;
}
