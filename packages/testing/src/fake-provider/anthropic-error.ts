import type { ErrorType } from '@anthropic-ai/sdk/resources/shared';
import type { FakeError } from './fake-reply.js';

const byStatus: Readonly<Record<number, { type: ErrorType; message: string }>> = {
  400: { type: 'invalid_request_error', message: 'Invalid request.' },
  401: { type: 'authentication_error', message: 'invalid x-api-key' },
  402: { type: 'billing_error', message: 'Your credit balance is too low.' },
  403: { type: 'permission_error', message: 'You are not allowed to do this.' },
  404: { type: 'not_found_error', message: 'model not found' },
  413: { type: 'invalid_request_error', message: 'Request exceeds the maximum size' },
  429: { type: 'rate_limit_error', message: 'Number of requests has exceeded your rate limit.' },
  504: { type: 'timeout_error', message: 'Request timed out' },
  529: { type: 'overloaded_error', message: 'Overloaded' },
};
const apiError = { type: 'api_error', message: 'Internal server error' };

/** What Anthropic says for a status. */
export function anthropicError(error: FakeError): object {
  const usual = byStatus[error.status] ?? apiError;
  return {
    type: 'error',
    error: { type: error.type ?? usual.type, message: error.message ?? usual.message },
  };
}
