import type { ServerResponse } from 'node:http';
import { pause } from '../local-server.js';
import { traceService } from './otlp-messages.js';

/** How the receiver answers a request. Without any of these: 200, everything accepted, at once. */
export interface ReceiverAnswer {
  /** HTTP status; spans of a request that is not answered with 2xx do not count as received. */
  readonly status?: number;
  /** Value of the `Retry-After` header: seconds or an HTTP date. */
  readonly retryAfter?: string;
  /** Partial success: that many of the request's spans, its first ones, are rejected and do not count as received. */
  readonly rejectedSpans?: number;
  /** Text of the error or of the partial success. */
  readonly message?: string;
  /** Time between the end of the request and the answer. */
  readonly delayMillis?: number;
  /** The response's headers at once, then its body a byte at a time with this pause; the spans count as received. */
  readonly dripMillis?: number;
  /** Length of the text in the body that drips. @defaultValue 100 */
  readonly dripBytes?: number;
  /** Reads the request and never answers. */
  readonly hang?: boolean;
  /** Closes the connection instead of answering: after the request, or once its first bytes have come. */
  readonly close?: boolean | 'mid-body';
}

const CONTENT_TYPE = { 'content-type': 'application/x-protobuf' };

export function isAccepting(answer: ReceiverAnswer): boolean {
  const status = answer.status ?? 200;
  return status >= 200 && status < 300 && !answer.hang && !answer.close;
}

export async function writeAnswer(response: ServerResponse, answer: ReceiverAnswer): Promise<void> {
  const status = answer.status ?? 200;
  const retryAfter = answer.retryAfter === undefined ? {} : { 'retry-after': answer.retryAfter };
  const body = isAccepting(answer) ? successBody(answer) : errorBody(status, answer.message);
  response.writeHead(status, { ...CONTENT_TYPE, ...retryAfter, 'content-length': body.length });
  if (answer.dripMillis === undefined) {
    response.end(body);
    return;
  }
  response.flushHeaders();
  for (const byte of body) {
    await pause(response, answer.dripMillis);
    if (response.destroyed) return;
    response.write(Uint8Array.of(byte));
  }
  response.end();
}

function successBody({
  rejectedSpans = 0,
  message,
  dripMillis,
  dripBytes = 100,
}: ReceiverAnswer): Uint8Array {
  // A whole success has an empty body. To have something to drip, it comes with a warning, as OTLP allows.
  const errorMessage = message ?? (dripMillis === undefined ? '' : '.'.repeat(dripBytes));
  const partialSuccess = { rejectedSpans, errorMessage };
  const isPartial = rejectedSpans > 0 || errorMessage !== '';
  return traceService.ExportTraceServiceResponse.encode(isPartial ? { partialSuccess } : {}).finish();
}

function errorBody(status: number, message = `answered ${status}, as told`): Uint8Array {
  // OTLP errors are a google.rpc.Status, which is not among the generated messages; but its fields
  // (1: code, a varint; 2: message, a string) are on the wire what those of this message are.
  return traceService.ExportTracePartialSuccess.encode({ rejectedSpans: 0, errorMessage: message }).finish();
}
