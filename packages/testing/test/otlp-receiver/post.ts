import { randomBytes } from 'node:crypto';
import { traceService } from '../../src/otlp-receiver/otlp-messages.js';

/** The bytes of a request with this many spans. */
export function requestBody(spanCount: number): Uint8Array {
  const spans = Array.from({ length: spanCount }, (_, index) => ({
    name: `span ${index}`,
    spanId: randomBytes(8),
  }));
  // The encoder accepts partial messages; this type is that of the decoder's result.
  return traceService.ExportTraceServiceRequest.encode({
    resourceSpans: [{ scopeSpans: [{ spans }] }],
  } as never).finish();
}

export function post(
  url: string,
  body: string | Uint8Array,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/x-protobuf', ...headers },
    signal: AbortSignal.timeout(3_000),
  });
}

export async function partialSuccess(
  response: Response,
): Promise<{ rejected: number; message: string } | undefined> {
  const body = new Uint8Array(await response.arrayBuffer());
  const decoded = traceService.ExportTraceServiceResponse.decode(body).partialSuccess;
  return decoded ? { rejected: Number(decoded.rejectedSpans), message: decoded.errorMessage } : undefined;
}
