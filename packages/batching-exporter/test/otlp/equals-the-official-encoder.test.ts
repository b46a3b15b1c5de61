import { recordingProvider, sdkLines } from '@llm-otel/testing';
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';
import fc from 'fast-check';
import { withoutContent } from '../../src/core/without-content.js';
import { estimateSpanBytes } from '../../src/span-size.js';
import { arbitraryRawSpan, arbitrarySpans } from './support/arbitrary-spans.js';
import { decodeRequest, encodeRequest } from './support/decode.js';

function expectSame(spans: readonly ReadableSpan[], guess?: number): void {
  const official = ProtobufTraceSerializer.serializeRequest(spans.map(asOfSdk2));
  if (official === undefined) throw new Error('the official serializer gave nothing');
  expect(decodeRequest(encodeRequest(spans, guess))).to.deep.equal(decodeRequest(official));
}

/** A span of SDK 1.30 under the names of 2.x, which are all that the official encoder of today knows. */
function asOfSdk2(span: ReadableSpan & { parentSpanId?: string; instrumentationLibrary?: unknown }) {
  if (span.instrumentationLibrary === undefined) return span;
  const { parentSpanId: spanId, instrumentationLibrary } = span;
  return Object.create(span, {
    instrumentationScope: { value: instrumentationLibrary },
    parentSpanContext: { value: spanId && { ...span.spanContext(), spanId } },
  }) as ReadableSpan;
}

describe('a request, decoded, equals that of the official encoder', () => {
  for (const sdk of sdkLines)
    it(`for any spans of SDK ${sdk.name}`, () => {
      fc.assert(
        fc.property(arbitrarySpans(sdk), fc.nat(20_000), (spans, guess) => expectSame(spans, guess)),
        { numRuns: 150 },
      );
    });

  it('for attributes that no SDK lets through', () => {
    fc.assert(
      fc.property(arbitraryRawSpan, (span) => expectSame([span])),
      { numRuns: 150 },
    );
  });

  it('for spans that fill several chunks, and one that is larger than a chunk', () => {
    const { tracer, spans } = recordingProvider();
    for (let i = 0; i < 60; i++) {
      const length = i === 30 ? 1_500_000 : 1_000 * i;
      tracer
        .startSpan(`span ${i}`, { attributes: { i, text: `${i}é`.repeat(length / 3), last: true } })
        .end();
    }
    expectSame(spans);
  });

  it('for spans of several resources and scopes, in any order', () => {
    const providers = ['a', 'b'].map((name) => recordingProvider([], { resource: { name } }));
    const spans: ReadableSpan[] = [];
    for (let i = 0; i < 20; i++) {
      const provider = providers[i % 2];
      provider
        ?.getTracer(`scope ${i % 3}`)
        .startSpan(`span ${i}`)
        .end();
      spans.push(...(provider?.spans.splice(0) ?? []));
    }
    expectSame(spans);
  });

  it('for spans of which not all are in one request', () => {
    const { tracer, spans } = recordingProvider();
    for (let i = 0; i < 9; i++) tracer.startSpan(`span ${i}`).end();
    const isSent = (at: number) => at % 3 !== 1;
    const official = ProtobufTraceSerializer.serializeRequest(spans.filter((_, at) => isSent(at)));
    expect(decodeRequest(encodeRequest(spans, 400, isSent))).to.deep.equal(
      decodeRequest(official ?? new Uint8Array()),
    );
  });

  it('for a message of a status that is null, which SDK 1.30 lets through', () => {
    for (const sdk of sdkLines) {
      const { tracer, spans } = recordingProvider([], { sdk });
      const span = tracer.startSpan('span');
      span.setStatus(JSON.parse('{ "code": 2, "message": null }'));
      span.end();
      expectSame(spans);
      expect(spans.map(estimateSpanBytes)).to.deep.equal([79]);
      expect(spans.map(withoutContent).map(({ status }) => status.code)).to.deep.equal([2]);
    }
  });

  it('for the schema URLs of resource and scope, and the attributes of a scope', () => {
    const { tracer, spans } = recordingProvider();
    tracer.startSpan('span').end();
    const [span] = spans;
    if (span === undefined) throw new Error('no span');
    const { resource } = span;
    const described = Object.create(span, {
      resource: {
        value: { attributes: resource.attributes, schemaUrl: 'https://example.com/r' },
      },
      instrumentationScope: {
        value: {
          name: 's',
          version: '1',
          schemaUrl: 'https://example.com/s',
          attributes: { a: [1, 'b'] },
          droppedAttributesCount: 3,
        },
      },
    }) as ReadableSpan;
    expectSame([described, span]);
  });
});
