import type { LlmMessage, LlmMessagePart } from '../llm-message.js';
import { asArray, asString, field } from '../unknown-values.js';

export const textPart = (content: string): LlmMessagePart => ({ type: 'text', content });
export const reasoningPart = (content: string): LlmMessagePart => ({ type: 'reasoning', content });

/** @param args - an object, or JSON */
export function toolCallPart(id: unknown, name: unknown, args: unknown): LlmMessagePart {
  const given = asString(id);
  return {
    type: 'tool_call',
    ...(given !== undefined && { id: given }),
    name: asString(name) ?? '',
    arguments: typeof args === 'string' ? parsed(args) : args,
  };
}

function toolResponsePart(id: unknown, response: unknown): LlmMessagePart {
  const given = asString(id);
  return {
    type: 'tool_call_response',
    ...(given !== undefined && { id: given }),
    response: response ?? null,
  };
}

/** Arguments of a stream that was left are half of a JSON text: they stay text. */
function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}

/** The parts of a message's content, which is a text, or parts in the format of either vendor. */
export function partsOf(content: unknown): LlmMessagePart[] {
  const text = asString(content);
  return text === undefined ? asArray(content).map(partOf) : [textPart(text)];
}

export function partOf(part: unknown): LlmMessagePart {
  if (typeof part === 'string') return textPart(part);
  const type = asString(field(part, 'type')) ?? 'unknown';
  switch (type) {
    case 'text':
    case 'input_text':
    case 'output_text':
    case 'summary_text':
      return textPart(String(field(part, 'text') ?? ''));
    case 'refusal':
      return textPart(String(field(part, 'refusal') ?? ''));
    case 'thinking':
      return reasoningPart(String(field(part, 'thinking') ?? ''));
    case 'reasoning_text':
      return reasoningPart(String(field(part, 'text') ?? ''));
    // LangChain's.
    case 'reasoning':
      return reasoningPart(String(field(part, 'reasoning') ?? ''));
    case 'tool_use':
      return toolCallPart(field(part, 'id'), field(part, 'name'), field(part, 'input'));
    case 'tool_result':
      return toolResponsePart(field(part, 'tool_use_id'), field(part, 'content'));
    default:
      return { type };
  }
}

/**
 * What is put to a model other than as a chat: a text, texts or parts, each of which is a message. Tokens, which are
 * numbers, are no text.
 */
export function promptMessages(prompt: unknown): LlmMessage[] {
  const prompts = typeof prompt === 'string' ? [prompt] : asArray(prompt);
  return prompts
    .filter((each) => typeof each === 'string' || field(each, 'type') !== undefined)
    .map((each) => ({ role: 'user', parts: [partOf(each)] }));
}

/** A message of a chat in the format of either vendor. */
export function messageOf(message: unknown): LlmMessage {
  const role = asString(field(message, 'role')) ?? 'user';
  const content = field(message, 'content');
  if (role === 'tool') return { role, parts: [toolResponsePart(field(message, 'tool_call_id'), content)] };
  const parts: LlmMessagePart[] = [];
  const reasoning = asString(field(message, 'reasoning_content') ?? field(message, 'reasoning'));
  if (reasoning !== undefined) parts.push(reasoningPart(reasoning));
  parts.push(...partsOf(content));
  const refusal = asString(field(message, 'refusal'));
  if (refusal !== undefined) parts.push(textPart(refusal));
  for (const call of asArray(field(message, 'tool_calls'))) {
    const fn = field(call, 'function') ?? field(call, 'custom');
    parts.push(
      toolCallPart(field(call, 'id'), field(fn, 'name'), field(fn, 'arguments') ?? field(fn, 'input')),
    );
  }
  return { role, parts };
}

/** An item of the responses API, as the parts of a message. */
export function itemParts(item: unknown): LlmMessagePart[] {
  switch (field(item, 'type')) {
    case 'function_call':
      return [toolCallPart(field(item, 'call_id'), field(item, 'name'), field(item, 'arguments'))];
    case 'custom_tool_call':
      return [toolCallPart(field(item, 'call_id'), field(item, 'name'), field(item, 'input'))];
    case 'function_call_output':
    case 'custom_tool_call_output':
      return [toolResponsePart(field(item, 'call_id'), field(item, 'output'))];
    case 'reasoning':
      return [
        ...asArray(field(item, 'summary')).map((part) => reasoningPart(String(field(part, 'text') ?? ''))),
        ...partsOf(field(item, 'content')),
      ];
    case undefined:
    case 'message':
      return partsOf(field(item, 'content'));
    default:
      return [{ type: String(field(item, 'type')) }];
  }
}
