import { deserialize, serialize } from 'node:v8';
import type { LimitedSpan } from '@llm-otel/common';
import { createTraceState, type SpanContext } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { attributesOf } from '../resource-attributes.js';
import { estimateSpanBytes } from '../span-size.js';
import type { Codec } from './codec.js';

/** What SDK 1.30 calls `parentSpanContext` and `instrumentationScope`. */
interface ReadableSpan1 {
  readonly parentSpanId?: string;
  readonly instrumentationLibrary?: ReadableSpan['instrumentationScope'];
}

/** A span without what has methods: its contexts and its resource. */
interface StoredSpan {
  readonly context: StoredContext;
  readonly parent: StoredContext | undefined;
  readonly resource: StoredResource;
  readonly links: readonly (Omit<ReadableSpan['links'][number], 'context'> & {
    readonly context: StoredContext;
  })[];
  readonly fields: Omit<ReadableSpan, 'spanContext' | 'parentSpanContext' | 'resource' | 'links'> &
    LimitedSpan;
}

type StoredContext = Omit<SpanContext, 'traceState'> & { readonly traceState: string | undefined };

interface StoredResource {
  readonly attributes: ReadableSpan['resource']['attributes'];
  readonly schemaUrl: string | undefined;
}

/** Node's own format for values, which later versions of Node read too. */
export const spansCodec: Codec<ReadableSpan> = {
  kind: 'spans',
  encode: (spans) => {
    // A resource or scope that several spans have is written once, and is one object again when it is read.
    const resources = new Map<object, StoredResource>();
    const stored = spans.map((span) => storedSpan(span, resources));
    try {
      return [serialize(stored)];
    } catch {
      return [serialize(stored.map(withoutUnwritable))];
    }
  },
  decode: (bytes) => (deserialize(bytes) as StoredSpan[]).map(readableSpan),
  sizeOf: estimateSpanBytes,
};

function storedSpan(
  span: ReadableSpan & ReadableSpan1 & LimitedSpan,
  resources: Map<object, StoredResource>,
): StoredSpan {
  const { parentSpanContext, parentSpanId, instrumentationScope, instrumentationLibrary } = span;
  const context = span.spanContext();
  const parent = parentSpanContext ?? (parentSpanId ? { ...context, spanId: parentSpanId } : undefined);
  let resource = resources.get(span.resource);
  if (resource === undefined) {
    resource = { attributes: attributesOf(span.resource), schemaUrl: span.resource.schemaUrl };
    resources.set(span.resource, resource);
  }
  return {
    context: storedContext(context),
    parent: parent && storedContext(parent),
    resource,
    links: span.links.map((link) => ({ ...link, context: storedContext(link.context) })),
    fields: {
      name: span.name,
      kind: span.kind,
      startTime: span.startTime,
      endTime: span.endTime,
      duration: span.duration,
      ended: span.ended,
      status: span.status,
      attributes: span.attributes,
      events: span.events,
      // What 1.30 has is the same but for its name.
      instrumentationScope: instrumentationScope ?? (instrumentationLibrary as typeof instrumentationScope),
      droppedAttributesCount: span.droppedAttributesCount,
      droppedEventsCount: span.droppedEventsCount,
      droppedLinksCount: span.droppedLinksCount,
      _spanLimits: span._spanLimits,
    },
  };
}

function storedContext({ traceId, spanId, traceFlags, isRemote, traceState }: SpanContext): StoredContext {
  return {
    traceId,
    spanId,
    traceFlags,
    ...(isRemote !== undefined && { isRemote }),
    traceState: traceState?.serialize(),
  };
}

/** For the rare span with a value that can't be written, such as a function, which no exporter could send either. */
function withoutUnwritable(stored: StoredSpan): StoredSpan {
  try {
    serialize(stored);
    return stored;
  } catch {
    return { ...stored, links: [], fields: { ...stored.fields, attributes: {}, events: [] } };
  }
}

function readableSpan({
  context,
  parent,
  resource,
  links,
  fields,
}: StoredSpan): ReadableSpan & ReadableSpan1 {
  const own = spanContext(context);
  return {
    ...fields,
    spanContext: () => own,
    ...(parent && { parentSpanContext: spanContext(parent), parentSpanId: parent.spanId }),
    instrumentationLibrary: fields.instrumentationScope,
    // Exporters only read attributes and schema of a resource.
    resource: resource as ReadableSpan['resource'],
    links: links.map((link) => ({ ...link, context: spanContext(link.context) })),
  };
}

function spanContext({ traceState, ...context }: StoredContext): SpanContext {
  return traceState === undefined ? context : { ...context, traceState: createTraceState(traceState) };
}
