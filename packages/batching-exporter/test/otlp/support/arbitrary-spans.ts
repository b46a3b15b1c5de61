import { recordingProvider, type SdkLine } from '@llm-otel/testing';
import {
  type AttributeValue,
  createTraceState,
  ROOT_CONTEXT,
  type SpanContext,
  trace,
} from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import fc from 'fast-check';

/** Any UTF-16 there is, lone surrogates included. */
const anyText = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0xd7f0, max: 0xe010 })))
  .map((units) => String.fromCharCode(...units));
/** Lengths around those at which a length takes one byte more, in ASCII and beyond. */
const longText = fc
  .tuple(
    fc.constantFrom(39, 40, 41, 115, 126, 127, 128, 129, 5_461, 16_370, 16_383, 16_384),
    fc.constantFrom('a', 'é', '世', '😀'),
  )
  .map(([length, character]) => character.repeat(length));
const text = fc.oneof(fc.string(), anyText, longText);
const number = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.maxSafeInteger(),
  fc.constantFrom(
    0,
    -0,
    2 ** 31,
    2 ** 32 - 1,
    2 ** 32,
    -(2 ** 31),
    -(2 ** 32),
    2 ** 53,
    -(2 ** 53),
    -1,
    1e-300,
  ),
);
/** Integers that a number holds and int64 has no room for, and those at its ends. */
const hugeInteger = fc.constantFrom(2 ** 62, 2 ** 63, -(2 ** 63), 1e21, -1e21, 1e300);

const simpleValue: fc.Arbitrary<AttributeValue> = fc.oneof(
  text,
  number,
  fc.boolean(),
  fc.array(text, { maxLength: 4 }),
  fc.array(number, { maxLength: 4 }),
  fc.array(fc.boolean(), { maxLength: 4 }),
);

/** What SDK 3.x lets through: maps, mixed arrays, bytes, null, each in the other. */
const { any: anyValue } = fc.letrec<{ any: unknown }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    simpleValue,
    hugeInteger,
    fc.uint8Array({ maxLength: 300 }),
    fc.constantFrom(null, undefined),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(text, tie('any'), { maxKeys: 4 }),
  ),
}));

const traceState = fc.option(fc.constantFrom('a=1', 'vendor=x,other=y'), { nil: undefined });
const spanContext: fc.Arbitrary<SpanContext> = fc
  .record({
    traceId: fc.bigInt({ min: 1n, max: 2n ** 128n - 1n }).map((id) => id.toString(16).padStart(32, '0')),
    spanId: fc.bigInt({ min: 1n, max: 2n ** 64n - 1n }).map((id) => id.toString(16).padStart(16, '0')),
    traceFlags: fc.constantFrom(1, 3),
    isRemote: fc.option(fc.boolean(), { nil: undefined }),
    state: traceState,
  })
  .map(({ state, isRemote, ...ids }) => ({
    ...ids,
    ...(isRemote !== undefined && { isRemote }),
    ...(state !== undefined && { traceState: createTraceState(state) }),
  }));

const attributesOf = <T>(value: fc.Arbitrary<T>) =>
  fc.dictionary(
    text.filter((key) => key !== ''),
    value,
    { maxKeys: 6 },
  );

/** What an application does with a span. */
interface Story {
  readonly name: string;
  readonly kind: number;
  readonly parent: SpanContext | undefined;
  readonly start: number;
  readonly attributes: Record<string, unknown>;
  readonly events: readonly { readonly name: string; readonly attributes: Record<string, AttributeValue> }[];
  readonly links: readonly {
    readonly context: SpanContext;
    readonly attributes: Record<string, AttributeValue>;
  }[];
  readonly status: { readonly code: number; readonly message?: string };
  readonly scope: number;
}

const stories = (sdk: SdkLine): fc.Arbitrary<Story[]> =>
  fc.array(
    fc.record({
      name: text,
      kind: fc.integer({ min: 0, max: 4 }),
      parent: fc.option(spanContext, { nil: undefined }),
      start: fc.integer({ min: 0, max: 4_102_444_800_000 }),
      attributes: attributesOf(sdk.hasAnyValueAttributes ? anyValue : simpleValue) as fc.Arbitrary<
        Record<string, unknown>
      >,
      events: fc.array(fc.record({ name: text, attributes: attributesOf(simpleValue) }), { maxLength: 4 }),
      links: fc.array(fc.record({ context: spanContext, attributes: attributesOf(simpleValue) }), {
        maxLength: 4,
      }),
      status: fc.record({ code: fc.integer({ min: 0, max: 2 }), message: text }, { requiredKeys: ['code'] }),
      scope: fc.integer({ min: 0, max: 2 }),
    }),
    { minLength: 1, maxLength: 6 },
  );

/** Spans that a real tracer of that SDK made, with limits that make it drop some of what it is given. */
export function arbitrarySpans(sdk: SdkLine): fc.Arbitrary<ReadableSpan[]> {
  return fc.tuple(stories(sdk), attributesOf(simpleValue)).map(([told, resource]) => {
    const { getTracer, spans } = recordingProvider([], {
      sdk,
      resource,
      spanLimits: {
        attributeCountLimit: 5,
        eventCountLimit: 3,
        linkCountLimit: 3,
        attributePerEventCountLimit: 3,
        attributePerLinkCountLimit: 3,
      },
    });
    for (const { name, kind, parent, start, attributes, events, links, status, scope } of told) {
      const context = parent === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, parent);
      const tracer = getTracer(`scope-${scope}`, scope === 0 ? undefined : `${scope}.0`);
      const span = tracer.startSpan(name, { kind, startTime: start, links: [...links] }, context);
      for (const [key, value] of Object.entries(attributes)) span.setAttribute(key, value as AttributeValue);
      for (const event of events) span.addEvent(event.name, event.attributes, start);
      span.setStatus(status);
      span.end(start + 1.5);
    }
    return spans;
  });
}

/** A span whose attributes hold what no SDK checks, as a processor may have put there. */
export const arbitraryRawSpan: fc.Arbitrary<ReadableSpan> = fc
  .tuple(attributesOf(fc.oneof(anyValue, fc.bigInt(), fc.constant(Symbol('s')))), attributesOf(anyValue))
  .map(([attributes, linkAttributes]) => {
    const { tracer, spans } = recordingProvider();
    tracer.startSpan('raw').end();
    const [span] = spans;
    if (span === undefined) throw new Error('no span');
    return Object.create(span, {
      attributes: { value: attributes },
      links: { value: [{ context: span.spanContext(), attributes: linkAttributes }] },
    }) as ReadableSpan;
  });
