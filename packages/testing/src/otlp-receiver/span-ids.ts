import { parse } from 'protobufjs';

// An ExportTraceServiceRequest with nothing but the ids declared: the decoder skips all other fields. Decoding texts
// that are not needed would take the receiver as long as the fastest exporter takes to send them.
const { root } = parse(`
  syntax = "proto3";
  message Request { repeated ResourceSpans resource_spans = 1; }
  message ResourceSpans { repeated ScopeSpans scope_spans = 2; }
  message ScopeSpans { repeated Span spans = 2; }
  message Span { bytes span_id = 2; }
`);
const requestType = root.lookupType('Request');

interface Request {
  readonly resourceSpans: readonly {
    readonly scopeSpans: readonly { readonly spans: readonly { readonly spanId: Uint8Array }[] }[];
  }[];
}

/**
 * The ids of the spans in an encoded request, in lower-case hex.
 *
 * @throws Error if it is no ExportTraceServiceRequest
 */
export function spanIdsOf(body: Uint8Array): string[] {
  const { resourceSpans } = requestType.toObject(requestType.decode(body), { arrays: true }) as Request;
  return resourceSpans.flatMap(({ scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) => spans.map(({ spanId }) => Buffer.from(spanId).toString('hex'))),
  );
}
