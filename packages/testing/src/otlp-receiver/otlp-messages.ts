// The messages as the generated decoder gives them: a field that was not on the wire is null, a list is empty.

/** A 64-bit number as protobufjs decodes it. */
export interface Long {
  toString(): string;
}

/** What is generated for a message type. */
interface MessageType<Message> {
  decode(bytes: Uint8Array): Message;
  encode(message: Message): { finish(): Uint8Array };
}

export interface AnyValueMessage {
  readonly stringValue?: string | null;
  readonly boolValue?: boolean | null;
  readonly intValue?: Long | number | null;
  readonly doubleValue?: number | null;
  readonly arrayValue?: { readonly values: readonly AnyValueMessage[] } | null;
  readonly kvlistValue?: { readonly values: readonly KeyValueMessage[] } | null;
  readonly bytesValue?: Uint8Array | null;
}

export interface KeyValueMessage {
  readonly key: string | null;
  readonly value?: AnyValueMessage | null;
}

export interface EventMessage {
  readonly timeUnixNano: Long | number | null;
  readonly name: string | null;
  readonly attributes: readonly KeyValueMessage[];
  readonly droppedAttributesCount: number | null;
}

export interface LinkMessage {
  readonly traceId: Uint8Array | null;
  readonly spanId: Uint8Array | null;
  readonly traceState: string | null;
  readonly attributes: readonly KeyValueMessage[];
  readonly droppedAttributesCount: number | null;
}

export interface SpanMessage {
  readonly traceId: Uint8Array | null;
  readonly spanId: Uint8Array | null;
  readonly parentSpanId: Uint8Array | null;
  readonly traceState: string | null;
  readonly name: string | null;
  readonly kind: number | null;
  readonly startTimeUnixNano: Long | number | null;
  readonly endTimeUnixNano: Long | number | null;
  readonly attributes: readonly KeyValueMessage[];
  readonly droppedAttributesCount: number | null;
  readonly events: readonly EventMessage[];
  readonly droppedEventsCount: number | null;
  readonly links: readonly LinkMessage[];
  readonly droppedLinksCount: number | null;
  readonly status?: { readonly code: number | null; readonly message: string } | null;
}

export interface ScopeMessage {
  readonly name: string | null;
  readonly version: string | null;
  readonly attributes: readonly KeyValueMessage[];
}

export interface ExportRequestMessage {
  readonly resourceSpans: readonly {
    readonly resource?: { readonly attributes: readonly KeyValueMessage[] } | null;
    readonly schemaUrl: string | null;
    readonly scopeSpans: readonly {
      readonly scope?: ScopeMessage | null;
      readonly schemaUrl: string | null;
      readonly spans: readonly SpanMessage[];
    }[];
  }[];
}

export interface LogRecordMessage {
  readonly traceId: Uint8Array | null;
  readonly spanId: Uint8Array | null;
  readonly severityNumber: number | null;
  readonly severityText: string | null;
  readonly body?: AnyValueMessage | null;
  readonly attributes: readonly KeyValueMessage[];
}

export interface ExportLogsRequestMessage {
  readonly resourceLogs: readonly {
    readonly resource?: { readonly attributes: readonly KeyValueMessage[] } | null;
    readonly scopeLogs: readonly { readonly logRecords: readonly LogRecordMessage[] }[];
  }[];
}

export interface PartialSuccessMessage {
  readonly rejectedSpans: number;
  readonly errorMessage: string;
}

export interface ExportResponseMessage {
  readonly partialSuccess?: PartialSuccessMessage;
}

interface TraceService {
  readonly ExportTraceServiceRequest: MessageType<ExportRequestMessage>;
  readonly ExportTraceServiceResponse: MessageType<ExportResponseMessage>;
  readonly ExportTracePartialSuccess: MessageType<PartialSuccessMessage>;
}

interface GeneratedRoot {
  readonly opentelemetry: {
    readonly proto: {
      readonly collector: {
        readonly trace: { readonly v1: TraceService };
        readonly logs: {
          readonly v1: { readonly ExportLogsServiceRequest: MessageType<ExportLogsRequestMessage> };
        };
      };
    };
  };
}

// `require`, because the declaration file of this generated module does not declare what it exports.
const root: GeneratedRoot = require('otlp-transformer-0.57/build/src/generated/root');

/** The messages of the OTLP trace service: decoded and encoded by code that OpenTelemetry generated. */
export const traceService: TraceService = root.opentelemetry.proto.collector.trace.v1;

/** The request of the OTLP logs service. */
export const ExportLogsServiceRequest: MessageType<ExportLogsRequestMessage> =
  root.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
