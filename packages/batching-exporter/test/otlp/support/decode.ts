import { traceService } from '@llm-otel/testing';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { parse, util } from 'protobufjs';
import { Origins } from '../../../src/otlp/encode-origin.js';
import { encodeSpan } from '../../../src/otlp/encode-span.js';
import { ProtobufWriter } from '../../../src/otlp/protobuf-writer.js';
import { buildRequest } from '../../../src/otlp/request.js';

/**
 * The request that the exporter would send, in one piece.
 *
 * @param isSent - which of the encoded spans are in it
 */
export function encodeRequest(
  spans: readonly ReadableSpan[],
  guess = 400,
  isSent: (at: number) => boolean = () => true,
): Buffer {
  const writer = new ProtobufWriter();
  const origins = new Origins();
  const encoded = spans.map((span) => ({
    bytes: encodeSpan(writer, span, guess, Number.POSITIVE_INFINITY),
    origin: origins.of(span),
  }));
  const { pieces, bytes } = buildRequest(encoded.filter((_, at) => isSent(at)));
  const request = Buffer.concat(pieces);
  if (request.length !== bytes) throw new Error(`${request.length} bytes, but ${bytes} said`);
  return request;
}

// The messages that OpenTelemetry generated for 0.57 have no flags of spans and links yet.
const { root: flagsRoot } = parse(`
  syntax = "proto3";
  message Request { repeated ResourceSpans resource_spans = 1; }
  message ResourceSpans { repeated ScopeSpans scope_spans = 2; }
  message ScopeSpans { repeated Span spans = 2; }
  message Span { fixed32 flags = 16; repeated Link links = 13; }
  message Link { fixed32 flags = 6; }
`);
const flagsOf = flagsRoot.lookupType('Request');

/** What a request says, with proto3's defaults filled in, read by decoders that were not written here. */
export function decodeRequest(bytes: Uint8Array): { message: unknown; flags: unknown } {
  const { ExportTraceServiceRequest } = traceService;
  const message = ExportTraceServiceRequest.decode(bytes);
  return {
    message: plain(message),
    flags: flagsOf.toObject(flagsOf.decode(bytes), { defaults: true }),
  };
}

/** A decoded message without those of its fields that say what their absence would say. */
function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return `bytes ${Buffer.from(value).toString('hex')}`;
  if (util.Long?.isLong(value)) return `int64 ${value}`;
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : `${value}`;
  if (typeof value !== 'object' || value === null) return value;
  // The value of an attribute is a oneof: there even a zero that is there says something.
  const isAnyValue = 'kvlistValue' in value;
  const own = Object.entries(value).map(([key, field]) => [key, plain(field)] as const);
  return Object.fromEntries(
    isAnyValue ? own : own.filter(([, field]) => !['0', '', null, 'int64 0'].includes(field as string)),
  );
}
