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
} from '@llm-otel/semantic-conventions';

/** The errors of one type. */
export interface ErrorRule {
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
export const errorRules: readonly ErrorRule[] = [
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
    // axios gives its timeouts the code of an aborted connection; Cohere's client has the reason of its abort as the text.
    message: /^(timeout of \d+ms exceeded|"timeout")$/,
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
    // AWS's clients find their credentials before the request.
    words: ['authentication_error', 'permission_error', 'invalid_api_key', 'CredentialsProviderError'],
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
      // Mistral's.
      'ConnectionError',
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
