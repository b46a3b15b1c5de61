import type { HrTime, SpanContext } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { encodeAttributes, tooLarge } from './encode-value.js';
import type { Bytes, ProtobufWriter } from './protobuf-writer.js';

// opentelemetry.proto.trace.v1
const SCOPE_SPANS_SPAN = 0x12;
const SPAN = {
  traceId: 0x0a,
  spanId: 0x12,
  traceState: 0x1a,
  parentSpanId: 0x22,
  name: 0x2a,
  kind: 0x30,
  startTime: 0x39,
  endTime: 0x41,
  attributes: 0x4a,
  droppedAttributes: 0x50,
  events: 0x5a,
  droppedEvents: 0x60,
  links: 0x6a,
  droppedLinks: 0x70,
  status: 0x7a,
  flags: 0x85,
};
const STATUS = { message: 0x12, code: 0x18 };
const EVENT = { time: 0x09, name: 0x12, attributes: 0x1a, droppedAttributes: 0x20 };
const LINK = {
  traceId: 0x0a,
  spanId: 0x12,
  traceState: 0x1a,
  attributes: 0x22,
  droppedAttributes: 0x28,
  flags: 0x35,
};

const FLAGS_HAS_IS_REMOTE = 0x100;
const FLAGS_IS_REMOTE = 0x200;

/** What SDK 1.30 has in place of `parentSpanContext`. */
interface ReadableSpan1 {
  readonly parentSpanId?: string;
}

/**
 * Encodes a span as a field of a ScopeSpans message, in OTLP protobuf.
 *
 * @param guess - about how many bytes it will take: the nearer, the less has to be moved
 * @throws Error `tooLarge` if it would take more than `maxBytes`; what the span throws. Nothing is written then
 */
export function encodeSpan(
  writer: ProtobufWriter,
  span: ReadableSpan,
  guess: number,
  maxBytes: number,
): Bytes {
  writer.begin();
  try {
    const opened = writer.open(SCOPE_SPANS_SPAN, guess);
    encodeFields(writer, span, maxBytes);
    writer.close(opened, guess);
    if (writer.length > maxBytes) throw tooLarge;
    return writer.finish();
  } catch (error) {
    writer.rewind();
    throw error;
  }
}

function encodeFields(writer: ProtobufWriter, span: ReadableSpan & ReadableSpan1, maxBytes: number): void {
  const context = span.spanContext();
  const parentSpanId = span.parentSpanContext?.spanId ?? span.parentSpanId;
  writer.hex(SPAN.traceId, context.traceId);
  writer.hex(SPAN.spanId, context.spanId);
  encodeTraceState(writer, SPAN.traceState, context);
  if (parentSpanId) writer.hex(SPAN.parentSpanId, parentSpanId);
  writer.text(SPAN.name, span.name);
  // OTLP has 0 for "unspecified", the API begins with 0 for "internal".
  if (span.kind != null) writer.uint32(SPAN.kind, span.kind + 1);
  encodeTime(writer, SPAN.startTime, span.startTime);
  encodeTime(writer, SPAN.endTime, span.endTime);
  encodeAttributes(writer, SPAN.attributes, span.attributes, maxBytes);
  if (span.droppedAttributesCount) writer.uint32(SPAN.droppedAttributes, span.droppedAttributesCount);
  for (const event of span.events) encodeEvent(writer, event, maxBytes);
  if (span.droppedEventsCount) writer.uint32(SPAN.droppedEvents, span.droppedEventsCount);
  for (const link of span.links) encodeLink(writer, link, maxBytes);
  if (span.droppedLinksCount) writer.uint32(SPAN.droppedLinks, span.droppedLinksCount);
  const { code, message } = span.status;
  // SDK 1.30 lets null through.
  const guess = message ? message.length : 0;
  const status = writer.open(SPAN.status, guess);
  if (message) writer.text(STATUS.message, message);
  if (code) writer.uint32(STATUS.code, code);
  writer.close(status, guess);
  writer.fixed32(SPAN.flags, flagsOf(context, span.parentSpanContext));
}

function encodeEvent(writer: ProtobufWriter, event: ReadableSpan['events'][number], maxBytes: number): void {
  const opened = writer.open(SPAN.events, 0);
  encodeTime(writer, EVENT.time, event.time);
  writer.text(EVENT.name, event.name);
  encodeAttributes(writer, EVENT.attributes, event.attributes, maxBytes);
  if (event.droppedAttributesCount) writer.uint32(EVENT.droppedAttributes, event.droppedAttributesCount);
  writer.close(opened, 0);
}

function encodeLink(writer: ProtobufWriter, link: ReadableSpan['links'][number], maxBytes: number): void {
  const { context } = link;
  const opened = writer.open(SPAN.links, 0);
  writer.hex(LINK.traceId, context.traceId);
  writer.hex(LINK.spanId, context.spanId);
  encodeTraceState(writer, LINK.traceState, context);
  encodeAttributes(writer, LINK.attributes, link.attributes, maxBytes);
  if (link.droppedAttributesCount) writer.uint32(LINK.droppedAttributes, link.droppedAttributesCount);
  writer.fixed32(LINK.flags, flagsOf(context, context));
  writer.close(opened, 0);
}

function encodeTime(writer: ProtobufWriter, tag: number, time: HrTime): void {
  writer.nanoseconds(tag, time[0], time[1]);
}

function encodeTraceState(writer: ProtobufWriter, tag: number, { traceState }: SpanContext): void {
  const serialized = traceState?.serialize();
  if (serialized) writer.text(tag, serialized);
}

/** The W3C flags of `context`, and whether `origin` is known to be remote. */
function flagsOf(context: SpanContext, origin: SpanContext | undefined): number {
  const flags = (context.traceFlags & 0xff) | FLAGS_HAS_IS_REMOTE;
  return origin?.isRemote ? flags | FLAGS_IS_REMOTE : flags;
}
