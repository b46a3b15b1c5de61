import {
  ATTR_LLM_PROMPT_MESSAGE_COUNT,
  ATTR_LLM_PROMPT_SYSTEM_LENGTH,
  ATTR_LLM_RESPONSE_LENGTH,
} from '@llm-otel/semantic-conventions';

/** Longer JSON is not parsed: it would cost more than all else that is done as a span ends. */
const MAX_JSON_LENGTH = 4_096;

/** Lists of messages, as JSON or, on SDK 3, as a list. */
const messageKeys: ReadonlySet<string> = new Set([
  'llm.prompt',
  'gen_ai.input.messages',
  'gen_ai.request.messages',
  'gen_ai.prompt',
  'ai.prompt.messages',
]);
/** Messages whose number stands in the key. */
const indexedMessage = /^(?:llm\.input_messages|gen_ai\.prompt)\.(\d{1,6})\./;
const systemKeys: ReadonlySet<string> = new Set(['gen_ai.system_instructions']);
const responseKeys: ReadonlySet<string> = new Set([
  'llm.response',
  'ai.response.text',
  'gen_ai.output.messages',
  'gen_ai.response.text',
  'gen_ai.completion.0.content',
  'llm.output_messages.0.message.content',
]);

/** The safe metadata that stands in for content, collected while the content is removed. */
export class SafeMetadata {
  #messages = 0;
  #system = 0;
  #response = 0;

  /** Takes in a value that is removed. Of long texts it looks at nothing but their length. */
  add(key: string, value: unknown): void {
    if (messageKeys.has(key)) {
      const messages = listIn(value);
      this.#messages ||= messages?.length ?? 0;
      this.#system ||= lengthOfSystem(messages);
    } else if (responseKeys.has(key)) this.#response ||= textLength(value);
    else if (systemKeys.has(key)) this.#system ||= textLength(value);
    else {
      const index = indexedMessage.exec(key)?.[1];
      if (index !== undefined) this.#messages = Math.max(this.#messages, Number(index) + 1);
    }
  }

  /** Writes what was found where the span does not tell it by itself. */
  writeTo(attributes: Record<string, unknown>): void {
    if (this.#messages > 0) attributes[ATTR_LLM_PROMPT_MESSAGE_COUNT] ??= this.#messages;
    if (this.#system > 0) attributes[ATTR_LLM_PROMPT_SYSTEM_LENGTH] ??= this.#system;
    if (this.#response > 0) attributes[ATTR_LLM_RESPONSE_LENGTH] ??= this.#response;
  }
}

/** The length of a plain text, or of the texts in JSON; 0 if it can't be told. */
function textLength(value: unknown): number {
  if (typeof value === 'string' && !isJson(value)) return value.length;
  return lengthOfTexts(typeof value === 'string' ? parse(value) : value, 0);
}

function lengthOfTexts(value: unknown, depth: number): number {
  if (typeof value === 'string') return value.length;
  if (depth > 8 || typeof value !== 'object' || value === null) return 0;
  if (Array.isArray(value))
    return value.reduce((sum: number, item) => sum + lengthOfTexts(item, depth + 1), 0);
  const { content, parts, text } = value as Record<string, unknown>;
  return lengthOfTexts(parts ?? content ?? text, depth + 1);
}

function lengthOfSystem(messages: readonly unknown[] | undefined): number {
  const isSystem = (message: unknown) =>
    typeof message === 'object' && message !== null && Reflect.get(message, 'role') === 'system';
  return lengthOfTexts(messages?.filter(isSystem), 0);
}

function listIn(value: unknown): readonly unknown[] | undefined {
  const parsed = typeof value === 'string' ? (isJson(value) ? parse(value) : undefined) : value;
  return Array.isArray(parsed) ? parsed : undefined;
}

function isJson(text: string): boolean {
  const first = text.charCodeAt(0);
  return first === 0x5b || first === 0x7b;
}

function parse(text: string): unknown {
  if (text.length > MAX_JSON_LENGTH) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
