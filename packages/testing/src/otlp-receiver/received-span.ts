import type {
  AnyValueMessage,
  ExportRequestMessage,
  KeyValueMessage,
  Long,
  SpanMessage,
} from './otlp-messages.js';

/** Attributes as they came over the wire: integers are numbers (bigints where a number can't hold them), bytes are Buffers. */
export type ReceivedAttributes = Record<string, unknown>;

export interface ReceivedEvent {
  readonly name: string;
  readonly timeUnixNano: bigint;
  readonly attributes: ReceivedAttributes;
  readonly droppedAttributesCount: number;
}

export interface ReceivedLink {
  readonly traceId: string;
  readonly spanId: string;
  readonly traceState: string;
  readonly attributes: ReceivedAttributes;
  readonly droppedAttributesCount: number;
}

/** A span as an OTLP backend gets it; ids are lower-case hex, an absent parent is ''. */
export interface ReceivedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly traceState: string;
  /** OTLP's number: 1 internal, 2 server, 3 client, 4 producer, 5 consumer. */
  readonly kind: number;
  readonly attributes: ReceivedAttributes;
  readonly status: { readonly code: number; readonly message: string };
  readonly events: readonly ReceivedEvent[];
  readonly links: readonly ReceivedLink[];
  readonly scope: {
    readonly name: string;
    readonly version: string;
    readonly attributes: ReceivedAttributes;
  };
  readonly resource: ReceivedAttributes;
  readonly startTimeUnixNano: bigint;
  readonly endTimeUnixNano: bigint;
  readonly droppedAttributesCount: number;
  readonly droppedEventsCount: number;
  readonly droppedLinksCount: number;
}

/** Flattens a decoded request into its spans, each with its scope and resource. */
export function receivedSpans(request: ExportRequestMessage): ReceivedSpan[] {
  return request.resourceSpans.flatMap(({ resource: resourceMessage, scopeSpans }) => {
    const resource = attributes(resourceMessage?.attributes);
    return scopeSpans.flatMap(({ scope: scopeMessage, spans }) => {
      const scope = {
        name: scopeMessage?.name ?? '',
        version: scopeMessage?.version ?? '',
        attributes: attributes(scopeMessage?.attributes),
      };
      return spans.map((span) => receivedSpan(span, scope, resource));
    });
  });
}

// The generated decoder leaves what was not on the wire null: proto3's defaults are filled in here.
function receivedSpan(
  span: SpanMessage,
  scope: ReceivedSpan['scope'],
  resource: ReceivedAttributes,
): ReceivedSpan {
  return {
    name: span.name ?? '',
    traceId: hex(span.traceId),
    spanId: hex(span.spanId),
    parentSpanId: hex(span.parentSpanId),
    traceState: span.traceState ?? '',
    kind: span.kind ?? 0,
    attributes: attributes(span.attributes),
    status: { code: span.status?.code ?? 0, message: span.status?.message ?? '' },
    events: span.events.map((event) => ({
      name: event.name ?? '',
      timeUnixNano: bigint(event.timeUnixNano),
      attributes: attributes(event.attributes),
      droppedAttributesCount: event.droppedAttributesCount ?? 0,
    })),
    links: span.links.map((link) => ({
      traceId: hex(link.traceId),
      spanId: hex(link.spanId),
      traceState: link.traceState ?? '',
      attributes: attributes(link.attributes),
      droppedAttributesCount: link.droppedAttributesCount ?? 0,
    })),
    scope,
    resource,
    startTimeUnixNano: bigint(span.startTimeUnixNano),
    endTimeUnixNano: bigint(span.endTimeUnixNano),
    droppedAttributesCount: span.droppedAttributesCount ?? 0,
    droppedEventsCount: span.droppedEventsCount ?? 0,
    droppedLinksCount: span.droppedLinksCount ?? 0,
  };
}

export function attributes(keyValues: readonly KeyValueMessage[] = []): ReceivedAttributes {
  return Object.fromEntries(keyValues.map(({ key, value }) => [key ?? '', anyValue(value)]));
}

export function anyValue(value: AnyValueMessage | null | undefined): unknown {
  if (value == null) return undefined;
  if (value.stringValue != null) return value.stringValue;
  if (value.boolValue != null) return value.boolValue;
  if (value.intValue != null) return numberOrBigint(bigint(value.intValue));
  if (value.doubleValue != null) return value.doubleValue;
  if (value.arrayValue != null) return value.arrayValue.values.map(anyValue);
  if (value.kvlistValue != null) return attributes(value.kvlistValue.values);
  if (value.bytesValue != null) return Buffer.from(value.bytesValue);
  return undefined;
}

function numberOrBigint(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

function bigint(value: Long | number | null): bigint {
  return BigInt(value?.toString() ?? 0);
}

export function hex(id: Uint8Array | null): string {
  return Buffer.from(id ?? []).toString('hex');
}
