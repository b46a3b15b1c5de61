import type { EncodedResource, EncodedSpan, Origin } from './encoded-span.js';
import { varintBytes } from './protobuf-writer.js';

const REQUEST_RESOURCE_SPANS = 0x0a;
const RESOURCE_SPANS_SCOPE_SPANS = 0x12;

/** An ExportTraceServiceRequest, as the pieces that it is the concatenation of. */
export interface OtlpRequest {
  readonly pieces: readonly Uint8Array[];
  readonly bytes: number;
}

/** Puts encoded spans under their scopes and these under their resources. Of the spans nothing is copied. */
export function buildRequest(spans: readonly EncodedSpan[]): OtlpRequest {
  const pieces: Uint8Array[] = [];
  let total = 0;
  for (const [resource, scopes] of grouped(spans)) {
    const resourceFields = resource.fields();
    let length = resourceFields.length;
    for (const scope of scopes.values()) length += 1 + varintBytes(scope.bytes) + scope.bytes;
    const head = header(REQUEST_RESOURCE_SPANS, length);
    pieces.push(head, resourceFields);
    total += head.length + length;
    for (const { bytes, pieces: scopePieces } of scopes.values())
      pieces.push(header(RESOURCE_SPANS_SCOPE_SPANS, bytes), ...scopePieces);
  }
  return { pieces, bytes: total };
}

/** The pieces of one ScopeSpans message. */
interface ScopeSpans {
  readonly pieces: Uint8Array[];
  bytes: number;
}

function grouped(spans: readonly EncodedSpan[]): Map<EncodedResource, Map<Origin, ScopeSpans>> {
  const resources = new Map<EncodedResource, Map<Origin, ScopeSpans>>();
  for (let at = 0; at < spans.length; ) {
    const first = spans[at++];
    if (first === undefined) break;
    const { origin } = first;
    const { chunk, start } = first.bytes;
    let { end } = first.bytes;
    // Spans that lie one after the other are one piece.
    for (; at < spans.length; at++) {
      const next = spans[at];
      if (next?.origin !== origin || next.bytes.chunk !== chunk || next.bytes.start !== end) break;
      end = next.bytes.end;
    }
    const scope = scopeSpansOf(resources, origin);
    scope.pieces.push(chunk.subarray(start, end));
    scope.bytes += end - start;
  }
  return resources;
}

function scopeSpansOf(resources: Map<EncodedResource, Map<Origin, ScopeSpans>>, origin: Origin): ScopeSpans {
  let scopes = resources.get(origin.resource);
  if (scopes === undefined) {
    scopes = new Map();
    resources.set(origin.resource, scopes);
  }
  let scope = scopes.get(origin);
  if (scope === undefined) {
    scope = { pieces: [origin.scopeFields], bytes: origin.scopeFields.length };
    scopes.set(origin, scope);
  }
  return scope;
}

/** Tag and length of a message. */
function header(tag: number, length: number): Uint8Array {
  const bytes = [tag];
  let rest = length;
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 0x80);
  bytes.push(rest);
  return Uint8Array.from(bytes);
}
