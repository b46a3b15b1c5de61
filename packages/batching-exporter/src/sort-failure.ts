import { isError } from '@llm-otel/common';
import type { SendFailure } from './core/sink.js';

// Statuses that are due to the server's state, not to what it was sent. 500 is not among them: in OTLP/HTTP it is permanent.
const PASSING_HTTP_STATUS = new Set([408, 429, 502, 503, 504]);
const PAYLOAD_TOO_LARGE = 413;

// The exporters for OTLP/gRPC report the status of gRPC: INVALID_ARGUMENT, NOT_FOUND, ALREADY_EXISTS,
// PERMISSION_DENIED, FAILED_PRECONDITION, UNIMPLEMENTED, UNAUTHENTICATED.
const PERMANENT_GRPC_STATUS = new Set([3, 5, 6, 7, 9, 12, 16]);

/**
 * Classifies the error of a failed export. It is permanent only if it is known to be. The stock OTLP exporters put the
 * HTTP or gRPC status into `code`, and have none if they gave up retrying.
 */
export function sortFailure(error: unknown): SendFailure {
  return { status: statusFor(codeOf(error)), problem: describeError(error), error };
}

/** The failure of an exporter that threw: one of the spans may have caused it. */
export function thrown(error: unknown): SendFailure {
  return { status: 'split', problem: `the wrapped exporter threw ${describeError(error)}`, error };
}

function statusFor(code: unknown): SendFailure['status'] {
  if (typeof code !== 'number') return 'retry';
  if (code === PAYLOAD_TOO_LARGE) return 'split';
  if (PERMANENT_GRPC_STATUS.has(code)) return 'rejected';
  return code >= 400 && code < 600 && !PASSING_HTTP_STATUS.has(code) ? 'rejected' : 'retry';
}

/** Class and code of an error: its message may quote what was sent. */
function describeError(error: unknown): string {
  if (!isError(error)) return 'no error given';
  const code = codeOf(error);
  return typeof code === 'number' || typeof code === 'string' ? `${error.name} ${code}` : error.name;
}

function codeOf(error: unknown): unknown {
  return isError(error) && 'code' in error ? error.code : undefined;
}
