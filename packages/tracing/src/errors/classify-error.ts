import { LLM_ERROR_TYPE_VALUE_UNKNOWN } from '@llm-otel/semantic-conventions';
import { asArray, asNumber, asString, field } from '../unknown-values.js';
import { type ErrorRule, errorRules } from './error-rules.js';
import { readRetryAfterSeconds } from './retry-after.js';

/** What is recorded about an error. */
export interface LlmError {
  /** One of `LLM_ERROR_TYPE_VALUE_*`. */
  readonly type: string;
  readonly status?: number;
  readonly retryAfterSeconds?: number;
  readonly message?: string;
}

/** Some gateways respond with whole HTML pages. */
const MAX_MESSAGE_LENGTH = 1024;
const MAX_CAUSES = 4;

/**
 * Classifies an error by its shape: the clients' classes can't be imported, an application may have several copies of
 * them, and some errors are plain objects from a response's body.
 */
export function classifyError(error: unknown): LlmError {
  const errors = withCauses(error);
  const status = firstOf(errors, statusOf);
  const message = typeof error === 'string' ? error : asString(field(error, 'message'));
  const retryAfterSeconds = firstOf(errors, retryAfterSecondsOf);
  const words = wordsOf(errors);
  const fits = (rule: ErrorRule) =>
    (status !== undefined && rule.statuses?.(status)) ||
    rule.words?.some((word) => words.has(word)) ||
    (message !== undefined && rule.message?.test(message));
  return {
    type: errorRules.find(fits)?.type ?? LLM_ERROR_TYPE_VALUE_UNKNOWN,
    ...(status !== undefined && { status }),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(message !== undefined && { message: message.slice(0, MAX_MESSAGE_LENGTH) }),
  };
}

/** The error and its causes; for several attempts (the AI SDK's `RetryError`, an `AggregateError`), only one. */
function withCauses(error: unknown): readonly unknown[] {
  const errors: unknown[] = [];
  let cause = error;
  while (errors.length < MAX_CAUSES && typeof cause === 'object' && cause !== null) {
    errors.push(cause);
    cause = field(cause, 'cause') ?? field(cause, 'lastError') ?? asArray(field(cause, 'errors'))[0];
  }
  return errors;
}

function firstOf<T>(errors: readonly unknown[], read: (error: unknown) => T | undefined): T | undefined {
  for (const error of errors) {
    const value = read(error);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** The HTTP status, in order, of: most clients; AI SDK, Cohere, Mistral; Ollama; axios, got, `fetch`; AWS; Google. */
function statusOf(error: unknown): number | undefined {
  const response = field(error, 'response');
  const status =
    asNumber(field(error, 'status')) ??
    asNumber(field(error, 'statusCode')) ??
    asNumber(field(error, 'status_code')) ??
    asNumber(field(response, 'status')) ??
    asNumber(field(response, 'statusCode')) ??
    asNumber(field(field(error, '$metadata'), 'httpStatusCode')) ??
    asNumber(field(error, 'code'));
  // A successful response may fail to be read, and a code may belong to another protocol.
  return status !== undefined && status >= 300 && status < 600 ? status : undefined;
}

/** From the headers, in order, of: most clients; the AI SDK; axios, got and `fetch`; Cohere and Mistral; AWS. */
function retryAfterSecondsOf(error: unknown): number | undefined {
  return readRetryAfterSeconds(
    field(error, 'headers') ??
      field(error, 'responseHeaders') ??
      field(field(error, 'response') ?? field(error, 'rawResponse') ?? field(error, '$response'), 'headers'),
  );
}

function wordsOf(errors: readonly unknown[]): ReadonlySet<string> {
  const words = new Set<string>();
  const add = (word: unknown) => typeof word === 'string' && words.add(word);
  for (const error of errors) {
    add(field(error, 'name'));
    // Every class of the prototype chain, so that an application's subclass counts as what it extends.
    for (let type = Object.getPrototypeOf(error); type !== null; type = Object.getPrototypeOf(type))
      add(field(type.constructor, 'name'));
    // OpenAI puts code and type on the error, Anthropic's body has them one or two levels down.
    for (const part of [error, field(error, 'error'), field(field(error, 'error'), 'error')]) {
      add(field(part, 'code'));
      add(field(part, 'type'));
    }
  }
  return words;
}
