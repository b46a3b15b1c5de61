import {
  LLM_ERROR_TYPE_VALUE_ABORTED,
  LLM_ERROR_TYPE_VALUE_API_ERROR,
  LLM_ERROR_TYPE_VALUE_AUTH,
  LLM_ERROR_TYPE_VALUE_CONNECTION,
  LLM_ERROR_TYPE_VALUE_CONTENT_FILTER,
  LLM_ERROR_TYPE_VALUE_INVALID_REQUEST,
  LLM_ERROR_TYPE_VALUE_OVERLOADED,
  LLM_ERROR_TYPE_VALUE_RATE_LIMIT,
  LLM_ERROR_TYPE_VALUE_TIMEOUT,
  LLM_ERROR_TYPE_VALUE_UNKNOWN,
} from '@llm-otel/semantic-conventions';
import { asArray, asNumber, asString, field } from './json.js';
import { guard } from './reporter.js';
import { readRetryAfterSeconds } from './retry-after.js';

/** What is recorded about an error. */
export interface LlmError {
  /** One of `LLM_ERROR_TYPE_VALUE_*`. */
  readonly type: string;
  readonly status?: number;
  readonly retryAfterSeconds?: number;
  readonly message?: string;
}

interface Rule {
  readonly type: string;
  readonly statuses?: (status: number) => boolean;
  /** Class names, and the codes and types of errors in APIs and Node. */
  readonly words?: readonly string[];
  /** Patterns of messages, for bundles in which class names are lost. */
  readonly message?: RegExp;
}

/**
 * The first that matches applies: what the client did and what the API has a specific name for, then the HTTP status, then,
 * for an error inside a stream, which has no status, the API's general names, then the connection.
 */
const rules: readonly Rule[] = [
  {
    type: LLM_ERROR_TYPE_VALUE_TIMEOUT,
    // The clients' own timeouts abort their request: openai 7 has that abort as the cause, AWS's clients the reverse.
    words: ['APIConnectionTimeoutError', 'TimeoutError'],
    message: /^Request timed out\./,
  },
  {
    type: LLM_ERROR_TYPE_VALUE_ABORTED,
    words: [
      'APIUserAbortError',
      'AbortError',
      'ABORT_ERR',
      'ModelAbortError',
      // axios
      'CanceledError',
      'UND_ERR_ABORTED',
    ],
    // LangChain's and LangGraph's are plain `Error`s.
    message: /^(Request was aborted\.|AbortError|Abort|Aborted)$/,
  },
  {
    type: LLM_ERROR_TYPE_VALUE_TIMEOUT,
    statuses: (status) => status === 408,
    words: [
      'timeout_error',
      'ETIMEDOUT',
      'ESOCKETTIMEDOUT',
      'UND_ERR_CONNECT_TIMEOUT',
      'UND_ERR_HEADERS_TIMEOUT',
      'UND_ERR_BODY_TIMEOUT',
      'ModelTimeoutException',
    ],
    // axios gives its timeouts the code of an aborted connection.
    message: /^timeout of \d+ms exceeded$/,
  },
  {
    type: LLM_ERROR_TYPE_VALUE_CONTENT_FILTER,
    words: ['content_filter', 'content_policy_violation', 'ContentFilterFinishReasonError'],
  },
  {
    type: LLM_ERROR_TYPE_VALUE_OVERLOADED,
    statuses: (status) => status === 529,
    words: ['overloaded_error'],
  },
  {
    type: LLM_ERROR_TYPE_VALUE_RATE_LIMIT,
    statuses: (status) => status === 429,
    words: [
      'rate_limit_error',
      'rate_limit_exceeded',
      'insufficient_quota',
      // From Bedrock's streams, like all `…Exception`s here.
      'ThrottlingException',
    ],
  },
  { type: LLM_ERROR_TYPE_VALUE_AUTH, statuses: (status) => status === 401 || status === 403 },
  { type: LLM_ERROR_TYPE_VALUE_INVALID_REQUEST, statuses: (status) => status >= 400 && status < 500 },
  { type: LLM_ERROR_TYPE_VALUE_API_ERROR, statuses: (status) => status >= 500 },
  {
    type: LLM_ERROR_TYPE_VALUE_AUTH,
    words: ['authentication_error', 'permission_error', 'invalid_api_key'],
  },
  {
    type: LLM_ERROR_TYPE_VALUE_INVALID_REQUEST,
    words: ['invalid_request_error', 'not_found_error', 'request_too_large', 'ValidationException'],
  },
  {
    type: LLM_ERROR_TYPE_VALUE_API_ERROR,
    words: [
      'api_error',
      'server_error',
      'internal_server_error',
      'InternalServerException',
      'ModelStreamErrorException',
      'ServiceUnavailableException',
    ],
  },
  {
    type: LLM_ERROR_TYPE_VALUE_CONNECTION,
    words: [
      'APIConnectionError',
      'ECONNREFUSED',
      'ECONNRESET',
      'ECONNABORTED',
      'EPIPE',
      'ERR_STREAM_PREMATURE_CLOSE',
      'ENOTFOUND',
      'EAI_AGAIN',
      'EHOSTUNREACH',
      'ENETUNREACH',
      'UND_ERR_SOCKET',
    ],
    message: /^(fetch failed|terminated|Connection error\.)$/,
  },
];

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
  const fits = (rule: Rule) =>
    (status !== undefined && rule.statuses?.(status)) ||
    rule.words?.some((word) => words.has(word)) ||
    (message !== undefined && rule.message?.test(message));
  return {
    type: rules.find(fits)?.type ?? LLM_ERROR_TYPE_VALUE_UNKNOWN,
    ...(status !== undefined && { status }),
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(message !== undefined && { message: message.slice(0, MAX_MESSAGE_LENGTH) }),
  };
}

/**
 * Clients report that they were aborted, but not why.
 *
 * @param signal - the signal that was passed to the request
 * @returns the signal's reason if that is a timeout, such as that of `AbortSignal.timeout()`; otherwise the error
 */
export function timeoutOr(error: unknown, signal: unknown): unknown {
  const timeout = guard('an abort could not be read', () => {
    const reason = field(signal, 'reason');
    return reason !== undefined &&
      classifyError(error).type === LLM_ERROR_TYPE_VALUE_ABORTED &&
      classifyError(reason).type === LLM_ERROR_TYPE_VALUE_TIMEOUT
      ? reason
      : undefined;
  });
  return timeout ?? error;
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
