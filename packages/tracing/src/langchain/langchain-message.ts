import { messageOf, toolCallPart } from '../content/message-parts.js';
import type { LlmMessage } from '../llm-message.js';
import { asArray, asString, field } from '../unknown-values.js';

const roles: Readonly<Record<string, string>> = { human: 'user', ai: 'assistant' };

/** `human`, `ai`, `system`, `tool` … */
export function messageType(message: unknown): string {
  return asString(field(message, 'type')) ?? 'unknown';
}

/** A LangChain message as the GenAI conventions word it. */
export function langChainMessage(message: unknown): LlmMessage {
  const type = messageType(message);
  const { role, parts } = messageOf({
    role: roles[type] ?? type,
    content: field(message, 'content'),
    tool_call_id: field(message, 'tool_call_id'),
  });
  const calls = asArray(field(message, 'tool_calls')).map((call) =>
    toolCallPart(field(call, 'id'), field(call, 'name'), field(call, 'args')),
  );
  // Anthropic's are among the parts as well.
  return { role, parts: [...parts.filter((part) => part.type !== 'tool_call'), ...calls] };
}
