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
import { asNumber, asString, field } from './json.js';
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
    // The clients' own timeouts abort their request; openai 7 has that abort as the cause.
    words: ['APIConnectionTimeoutError'],
    message: /^Request timed out\./,
  },
  {
    type: LLM_ERROR_TYPE_VALUE_ABORTED,
    words: ['APIUserAbortError', 'AbortError', 'ABORT_ERR', 'ModelAbortError'],
    // LangChain's and LangGraph's are plain `Error`s.
    message: /^(Request was aborted\.|AbortError|Abort)$/,
  },
  {
    type: LLM_ERROR_TYPE_VALUE_TIMEOUT,
    statuses: (status) => status === 408,
    words: [
      'TimeoutError',
      'timeout_error',
      'ETIMEDOUT',
      'ESOCKETTIMEDOUT',
      'UND_ERR_CONNECT_TIMEOUT',
      'UND_ERR_HEADERS_TIMEOUT',
      'UND_ERR_BODY_TIMEOUT',
    ],
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
    words: ['rate_limit_error', 'rate_limit_exceeded', 'insufficient_quota'],
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
    words: ['invalid_request_error', 'not_found_error', 'request_too_large'],
  },
  { type: LLM_ERROR_TYPE_VALUE_API_ERROR, words: ['api_error', 'server_error', 'internal_server_error'] },
  {
    type: LLM_ERROR_TYPE_VALUE_CONNECTION,
    words: [
      'APIConnectionError',
      'ECONNREFUSED',
      'ECONNRESET',
      'ECONNABORTED',
      'EPIPE',
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
  const status = asNumber(field(error, 'status'));
  const message = typeof error === 'string' ? error : asString(field(error, 'message'));
  const retryAfterSeconds = readRetryAfterSeconds(field(error, 'headers'));
  const words = wordsOf(error);
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

function wordsOf(error: unknown): ReadonlySet<string> {
  const words = new Set<string>();
  const add = (word: unknown) => typeof word === 'string' && words.add(word);
  let cause = error;
  for (let depth = 0; depth < MAX_CAUSES && typeof cause === 'object' && cause !== null; depth++) {
    add(field(cause, 'name'));
    // Every class of the prototype chain, so that an application's subclass counts as what it extends.
    for (let type = Object.getPrototypeOf(cause); type !== null; type = Object.getPrototypeOf(type))
      add(field(type.constructor, 'name'));
    // OpenAI puts code and type on the error, Anthropic's body has them one or two levels down.
    for (const part of [cause, field(cause, 'error'), field(field(cause, 'error'), 'error')]) {
      add(field(part, 'code'));
      add(field(part, 'type'));
    }
    cause = field(cause, 'cause');
  }
  return words;
}
