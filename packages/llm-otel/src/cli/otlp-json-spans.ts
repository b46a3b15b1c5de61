import type { LimitedSpan } from '@llm-otel/common';
import { type Attributes, createTraceState, type SpanContext } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';

// OTLP as JSON, https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding: only what is read here.
interface AnyValue {
  readonly stringValue?: string;
  readonly boolValue?: boolean;
  readonly intValue?: string | number;
  readonly doubleValue?: number;
  readonly bytesValue?: string;
  readonly arrayValue?: { readonly values?: readonly AnyValue[] };
  readonly kvlistValue?: { readonly values?: readonly KeyValue[] };
}
interface KeyValue {
  readonly key: string;
  readonly value?: AnyValue;
}
interface OtlpSpan {
  readonly traceId?: string;
  readonly spanId?: string;
  readonly traceState?: string;
  readonly parentSpanId?: string;
  readonly name?: string;
  readonly endTimeUnixNano?: string | number;
  readonly attributes?: readonly KeyValue[];
  readonly events?: readonly { readonly name?: string; readonly attributes?: readonly KeyValue[] }[];
  readonly links?: readonly { readonly traceState?: string; readonly attributes?: readonly KeyValue[] }[];
  readonly status?: { readonly code?: number; readonly message?: string };
}
interface ResourceSpans {
  readonly resource?: { readonly attributes?: readonly KeyValue[] };
  readonly scopeSpans?: readonly {
    readonly scope?: {
      readonly name?: string;
      readonly version?: string;
      readonly attributes?: readonly KeyValue[];
    };
    readonly spans?: readonly OtlpSpan[];
  }[];
}

/** The contents of OTLP requests. */
export interface OtlpJson {
  /** In the order in which they ended, as an exporter receives them: the parts that concern content, without times. */
  readonly spans: ReadableSpan[];
  /** Number of requests for logs, metrics or profiles, which the Collector may write to the same file. */
  readonly others: number;
}

/**
 * Reads an OTLP request, or a list of them.
 *
 * @param place - where the request is, for messages
 * @throws TypeError if it is not an OTLP request; its message quotes nothing from the request
 */
export function readOtlpJson(request: unknown, place: string): OtlpJson {
  try {
    const requests = Array.isArray(request) ? request.flat(Number.POSITIVE_INFINITY) : [request];
    const others = requests.filter(isOfOthers).length;
    const ofTraces = requests.filter((item) => !isOfOthers(item));
    return { spans: spansOf(ofTraces.flatMap(resourceSpansOf)), others };
  } catch {
    throw new TypeError(`${place}: no OTLP trace data.`);
  }
}

const OTHERS: ReadonlySet<string> = new Set(['resourcelogs', 'resourcemetrics', 'resourceprofiles']);

function isOfOthers(request: unknown): boolean {
  return (
    typeof request === 'object' &&
    request !== null &&
    Object.keys(request).some((name) => OTHERS.has(name.replace('_', '').toLowerCase()))
  );
}

function spansOf(resourceSpans: readonly ResourceSpans[]): ReadableSpan[] {
  return resourceSpans
    .flatMap(({ resource, scopeSpans = [] }: ResourceSpans) => {
      const ofResource = resourceOf(attributesOf(resource?.attributes));
      return scopeSpans.flatMap(({ scope, spans = [] }) => {
        const ofScope = { name: scope?.name ?? '', attributes: attributesOf(scope?.attributes) };
        return spans.map((span) => ({
          endedAt: nanosOf(span.endTimeUnixNano),
          span,
          ofResource,
          ofScope,
        }));
      });
    })
    .sort((a, b) => (a.endedAt < b.endedAt ? -1 : Number(a.endedAt > b.endedAt)))
    .map(({ span, ofResource, ofScope }) => readableSpan(span, ofResource, ofScope));
}

function resourceSpansOf(request: unknown): ResourceSpans[] {
  const { resourceSpans } = camelCased(request) as { resourceSpans?: unknown };
  if (Array.isArray(resourceSpans)) return resourceSpans;
  throw new TypeError('"resourceSpans" is missing');
}

/** Some write the protocol's own field names, such as `resource_spans`, and `null` for absent fields. */
function camelCased(value: unknown): object {
  return JSON.parse(JSON.stringify(value ?? {}), (_key, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
    const fields = Object.entries(inner).filter(([, field]) => field !== null);
    return Object.fromEntries(
      fields.map(([name, field]) => [
        name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
        field,
      ]),
    );
  });
}

/** Spans with an invalid time come first. */
function nanosOf(time: string | number | undefined): bigint {
  return /^\d+$/.test(String(time)) ? BigInt(String(time)) : 0n;
}

/** The limits of an SDK that does not cut values. Without any, redaction would assume that every value may have been cut. */
const uncut: LimitedSpan = { _spanLimits: {} };

/** A span as an exporter receives it. */
export function readableSpan(
  span: OtlpSpan,
  resource: ReadableSpan['resource'] = resourceOf({}),
  instrumentationScope: ReadableSpan['instrumentationScope'] = { name: '' },
): ReadableSpan {
  const { traceId = '', spanId = '', parentSpanId = '', name = '', status } = span;
  const contextWith = (traceState = ''): SpanContext => ({
    traceId,
    spanId,
    traceFlags: 1,
    ...(traceState !== '' && { traceState: createTraceState(traceState) }),
  });
  const context = contextWith(span.traceState);
  return {
    ...uncut,
    name,
    kind: 0,
    spanContext: () => context,
    ...(parentSpanId !== '' && { parentSpanContext: { traceId, spanId: parentSpanId, traceFlags: 1 } }),
    startTime: [0, 0],
    endTime: [0, 0],
    duration: [0, 0],
    ended: true,
    attributes: attributesOf(span.attributes),
    events: (span.events ?? []).map((event) => ({
      name: event.name ?? '',
      time: [0, 0],
      attributes: attributesOf(event.attributes),
    })),
    links: (span.links ?? []).map((link) => ({
      context: contextWith(link.traceState),
      attributes: attributesOf(link.attributes),
    })),
    status: { code: status?.code ?? 0, ...(status?.message && { message: status.message }) },
    resource,
    instrumentationScope,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

function resourceOf(attributes: Attributes): ReadableSpan['resource'] {
  const resource: ReadableSpan['resource'] = {
    attributes,
    merge: () => resource,
    getRawAttributes: () => Object.entries(attributes),
  };
  return resource;
}

function attributesOf(list: readonly KeyValue[] = []): Attributes {
  return mapOf(list) as Attributes;
}

function mapOf(list: readonly KeyValue[]): object {
  return Object.fromEntries(list.map(({ key, value }) => [key, plainValue(value)]));
}

function plainValue(value: AnyValue = {}): unknown {
  if (value.arrayValue) return (value.arrayValue.values ?? []).map(plainValue);
  if (value.kvlistValue) return mapOf(value.kvlistValue.values ?? []);
  const { stringValue, boolValue, intValue, doubleValue, bytesValue } = value;
  if (bytesValue !== undefined) return Buffer.from(bytesValue, 'base64');
  return stringValue ?? boolValue ?? doubleValue ?? (intValue === undefined ? '' : Number(intValue));
}
