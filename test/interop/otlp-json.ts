import type { HrTime, SpanContext } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';

/** A span with its resource and scope in OTLP's JSON, without the fields that have their default. */
export interface JsonSpan {
  readonly resource: unknown;
  readonly scope: unknown;
  readonly span: Readonly<Record<string, unknown>>;
}

/** What a span has to be in the Collector's file, written down from the SDK's span alone. */
export function expectedJson(span: ReadableSpan): JsonSpan {
  const { traceId, spanId } = span.spanContext();
  const { name, version } = span.instrumentationScope;
  return {
    resource: { attributes: keyValues(span.resource.attributes) },
    scope: withoutDefaults({ name, version }),
    span: withoutDefaults({
      traceId,
      spanId,
      traceState: span.spanContext().traceState?.serialize(),
      parentSpanId: span.parentSpanContext?.spanId,
      flags: flags(span.spanContext().traceFlags, span.parentSpanContext),
      name: span.name,
      kind: span.kind + 1,
      startTimeUnixNano: nanoseconds(span.startTime),
      endTimeUnixNano: nanoseconds(span.endTime),
      attributes: keyValues(span.attributes),
      events: span.events.map(({ time, name: eventName, attributes }) =>
        withoutDefaults({
          timeUnixNano: nanoseconds(time),
          name: eventName,
          attributes: keyValues(attributes),
        }),
      ),
      links: span.links.map(({ context, attributes }) =>
        withoutDefaults({
          traceId: context.traceId,
          spanId: context.spanId,
          traceState: context.traceState?.serialize(),
          flags: flags(context.traceFlags, context),
          attributes: keyValues(attributes),
        }),
      ),
      // OTLP: 1 ok, 2 error, as in the API.
      status: withoutDefaults({ code: span.status.code, message: span.status.message }),
    }),
  };
}

/** Drops what the Collector leaves out, and sorts nothing: the order of attributes is to be kept. */
export function withoutDefaults(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const isDefault = (value: unknown) =>
    value === undefined || value === '' || value === 0 || (Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isDefault(value)));
}

/** The W3C trace flags, and in the bits above them that it is known whether a context is remote, and whether it is. */
function flags(traceFlags: number, context: SpanContext | undefined): number {
  return traceFlags | 0x100 | (context?.isRemote ? 0x200 : 0);
}

function keyValues(attributes: object | undefined): unknown[] {
  return Object.entries(attributes ?? {}).map(([key, value]) => ({ key, value: anyValue(value) }));
}

function anyValue(value: unknown): unknown {
  if (typeof value === 'string') return { stringValue: value };
  if (typeof value === 'boolean') return { boolValue: value };
  if (Array.isArray(value)) return { arrayValue: withoutDefaults({ values: value.map(anyValue) }) };
  // A number without a fraction is an integer to OTLP, if 64 bits can hold it.
  if (Number.isSafeInteger(value)) return { intValue: String(value) };
  return { doubleValue: value };
}

function nanoseconds([seconds, nanos]: HrTime): string {
  return String(BigInt(seconds) * 1_000_000_000n + BigInt(nanos));
}
