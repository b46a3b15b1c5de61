import {
  ATTR_LLM_PROMPT_MESSAGE_COUNT,
  ATTR_LLM_PROMPT_SYSTEM_LENGTH,
  ATTR_LLM_RESPONSE_LENGTH,
} from '@llm-otel/semantic-conventions';
import { looksLikeJson, parseJson } from './json.js';

/** The keys of the safe metadata. */
export const safeMetadataKeys: readonly string[] = [
  ATTR_LLM_PROMPT_MESSAGE_COUNT,
  ATTR_LLM_PROMPT_SYSTEM_LENGTH,
  ATTR_LLM_RESPONSE_LENGTH,
];

/** Longer JSON is not parsed: that would take longer than everything else that happens as a span ends. */
const MAX_JSON_LENGTH = 4_096;
const MAX_MESSAGES = 100_000;

/** What a value is: a list of messages, a single message whose key has its index, a system prompt, or a response. */
export type SafeSource = 'messages' | 'message' | 'system' | 'response';

const sources: ReadonlyMap<string, SafeSource> = new Map([
  // Lists of messages, as JSON or, on SDK 3, as a list.
  ['llm.prompt', 'messages'],
  ['gen_ai.input.messages', 'messages'],
  ['gen_ai.request.messages', 'messages'],
  ['gen_ai.prompt', 'messages'],
  ['ai.prompt.messages', 'messages'],
  ['gen_ai.system_instructions', 'system'],
  ['llm.response', 'response'],
  ['ai.response.text', 'response'],
  ['gen_ai.output.messages', 'response'],
  ['gen_ai.response.text', 'response'],
  ['gen_ai.completion.0.content', 'response'],
  ['llm.output_messages.0.message.content', 'response'],
]);
/** Prefixes of keys that contain the index of a message. */
const indexed: readonly string[] = ['llm.input_messages.', 'gen_ai.input.messages.', 'gen_ai.prompt.'];

/** What safe metadata can be derived from the value under this key, if any. */
export function safeSourceOf(key: string): SafeSource | undefined {
  const source = sources.get(key);
  if (source !== undefined) return source;
  for (const prefix of indexed) if (key.startsWith(prefix)) return 'message';
  return undefined;
}

/** The safe metadata in place of content, collected while the content is removed. */
export class SafeMetadata {
  #messages = 0;
  #system = 0;
  #response = 0;

  /** Collects from a value that is removed. Of long texts, only the length is read. */
  add(source: SafeSource, key: string, value: unknown): void {
    switch (source) {
      case 'messages': {
        const messages = listIn(value);
        this.#messages ||= messages?.length ?? 0;
        this.#system ||= lengthOfSystem(messages);
        return;
      }
      case 'system':
        this.#system ||= textLength(value);
        return;
      case 'response':
        this.#response ||= textLength(value);
        return;
      case 'message':
        for (const prefix of indexed)
          if (key.startsWith(prefix))
            this.#messages = Math.max(this.#messages, indexAt(key, prefix.length) + 1);
    }
  }

  /**
   * Writes what was collected, unless the span already has it.
   *
   * @param keys - the keys that may be written
   */
  writeTo(attributes: Record<string, unknown>, keys: ReadonlySet<string>): void {
    if (this.#messages > 0 && keys.has(ATTR_LLM_PROMPT_MESSAGE_COUNT))
      attributes[ATTR_LLM_PROMPT_MESSAGE_COUNT] ??= this.#messages;
    if (this.#system > 0 && keys.has(ATTR_LLM_PROMPT_SYSTEM_LENGTH))
      attributes[ATTR_LLM_PROMPT_SYSTEM_LENGTH] ??= this.#system;
    if (this.#response > 0 && keys.has(ATTR_LLM_RESPONSE_LENGTH))
      attributes[ATTR_LLM_RESPONSE_LENGTH] ??= this.#response;
  }
}

/** The index in the key; -1 if there is none. */
function indexAt(key: string, at: number): number {
  const index = Number.parseInt(key.slice(at), 10);
  return index >= 0 && index < MAX_MESSAGES ? index : -1;
}

/** The length of a plain text, or of the texts in JSON; 0 if it can't be determined. */
function textLength(value: unknown): number {
  return lengthOfTexts(jsonOr(value), 0);
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
  const parsed = jsonOr(value);
  return Array.isArray(parsed) ? parsed : undefined;
}

/** What a text that looks like JSON contains, `undefined` if it is none; any other value as it is. */
function jsonOr(value: unknown): unknown {
  return typeof value === 'string' && looksLikeJson(value) ? parseJson(value, MAX_JSON_LENGTH) : value;
}
