import { sdkLines } from '@llm-otel/testing';
import { ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';
import fc from 'fast-check';
import { Origins } from '../../src/otlp/encode-origin.js';
import { encodeSpan } from '../../src/otlp/encode-span.js';
import { ProtobufWriter } from '../../src/otlp/protobuf-writer.js';
import { buildRequest } from '../../src/otlp/request.js';
import type { Codec } from '../../src/storage/codec.js';
import { encodedSpansCodec } from '../../src/storage/encoded-spans-codec.js';
import { spansCodec } from '../../src/storage/spans-codec.js';
import { arbitrarySpans } from '../otlp/support/arbitrary-spans.js';
import { decodeRequest, encodeRequest } from '../otlp/support/decode.js';
import { makeSpans } from '../support.js';

function throughFile<Item>(codec: Codec<Item>, items: readonly Item[]): Item[] {
  return [...codec.decode(Buffer.concat(codec.encode(items)))];
}

function encoded(spans: readonly ReadableSpan[]) {
  const writer = new ProtobufWriter();
  const origins = new Origins();
  return spans.map((span) => ({
    bytes: encodeSpan(writer, span, 400, Number.POSITIVE_INFINITY),
    origin: origins.of(span),
  }));
}

describe('what comes back from disk is sent as what was not there', () => {
  for (const sdk of sdkLines) {
    it(`of encoded spans of SDK ${sdk.name}`, () => {
      fc.assert(
        fc.property(arbitrarySpans(sdk), (spans) => {
          const items = throughFile(encodedSpansCodec, encoded(spans));
          const request = Buffer.concat(buildRequest(items).pieces);
          expect(decodeRequest(request)).to.deep.equal(decodeRequest(encodeRequest(spans)));
        }),
        { numRuns: 50 },
      );
    });

    it(`of spans of SDK ${sdk.name}`, () => {
      fc.assert(
        fc.property(arbitrarySpans(sdk), (spans) => {
          expect(decodeRequest(encodeRequest(throughFile(spansCodec, spans)))).to.deep.equal(
            decodeRequest(encodeRequest(spans)),
          );
        }),
        { numRuns: 50 },
      );
    });
  }

  it('by the stock exporter too', () => {
    const spans = makeSpans(20, 'content');
    const before = ProtobufTraceSerializer.serializeRequest(spans);
    const after = ProtobufTraceSerializer.serializeRequest(throughFile(spansCodec, spans));
    expect(after).to.deep.equal(before);
  });

  it('and tells where the SDK cut its values', () => {
    const limited = (spans: readonly ReadableSpan[]) => spans.map((span) => Reflect.get(span, '_spanLimits'));
    const spans = makeSpans(2);
    expect(limited(spans)[0]).to.include.keys('attributeValueLengthLimit');
    expect(limited(throughFile(spansCodec, spans))).to.deep.equal(limited(spans));
  });

  it('but for values that nothing could send', () => {
    const [span] = makeSpans(1);
    const odd = Object.create(span ?? {}, {
      attributes: { value: { call: () => undefined } },
    }) as ReadableSpan;
    const [back, next] = throughFile(spansCodec, [odd, ...makeSpans(1, 'content')]);
    expect(back?.attributes).to.deep.equal({});
    expect(next?.attributes).to.include({ 'llm.prompt': 'content' });
  });
});

describe('a record that is whole but not what it should be', () => {
  for (const [name, codec] of [
    ['encoded spans', encodedSpansCodec],
    ['spans', spansCodec],
  ] as const)
    it(`throws, or gives something, but never hangs: ${name}`, () => {
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
          try {
            expect(codec.decode(Buffer.from(bytes))).to.be.an('array');
          } catch (error) {
            expect(error).to.be.an('error');
          }
        }),
        { numRuns: 500 },
      );
    });
});
