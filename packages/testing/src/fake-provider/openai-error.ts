import type { FakeError } from './fake-reply.js';

interface OpenAiError {
  readonly message: string;
  readonly type: string;
  readonly param: null;
  readonly code: string | null;
}

const byStatus: Readonly<Record<number, { message: string; type: string; code: string | null }>> = {
  400: { message: 'Invalid request.', type: 'invalid_request_error', code: null },
  401: { message: 'Incorrect API key provided.', type: 'invalid_request_error', code: 'invalid_api_key' },
  403: {
    message: 'You are not allowed to do this.',
    type: 'invalid_request_error',
    code: 'permission_denied',
  },
  404: { message: 'The model does not exist.', type: 'invalid_request_error', code: 'model_not_found' },
  429: { message: 'Rate limit reached for requests.', type: 'requests', code: 'rate_limit_exceeded' },
};
const serverError = {
  message: 'The server had an error while processing your request.',
  type: 'server_error',
  code: null,
};

/** What OpenAI says for a status: the object under `error`. */
export function openAiError(error: FakeError): OpenAiError {
  const usual = byStatus[error.status] ?? serverError;
  return {
    message: error.message ?? usual.message,
    type: error.type ?? usual.type,
    param: null,
    code: error.code ?? usual.code,
  };
}
