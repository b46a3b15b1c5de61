import { SpanKind, SpanStatusCode, TraceFlags } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import type { SpanExporter } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';
import { ProtobufTraceSerializer } from 'otlp-transformer-0.57';
import {
  defaultSdkLine,
  type OtlpReceiver,
  type ReceivedSpan,
  recordingProvider,
  type SdkLine,
  sdkLines,
  startOtlpReceiver,
} from '../../src/index.js';
import { traceService } from '../../src/otlp-receiver/otlp-messages.js';
import { receivedSpans } from '../../src/otlp-receiver/received-span.js';
import { post, requestBody } from './post.js';

const link = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  traceFlags: TraceFlags.SAMPLED,
};

describe('what the OTLP receiver decodes', () => {
  let receiver: OtlpReceiver;
  beforeEach(async () => {
    receiver = await startOtlpReceiver();
  });
  afterEach(() => receiver.close());

  /** The stock exporter for this SDK: that of 2.x can't read the spans of 1.30. */
  function otlpExporter(sdk: SdkLine): SpanExporter {
    if (sdk.name !== '1.30') return new OTLPTraceExporter({ url: receiver.url });
    return {
      export: (spans, done) => {
        const body = ProtobufTraceSerializer.serializeRequest(spans as never) ?? new Uint8Array();
        post(receiver.url, body).then(() => done({ code: 0 }));
      },
      shutdown: async () => undefined,
    };
  }

  /** A span with everything, through an SDK and the stock OTLP exporter. */
  async function sendFrom(sdk: SdkLine, attributes: object): Promise<ReceivedSpan | undefined> {
    const provider = recordingProvider([sdk.simpleProcessor(otlpExporter(sdk))], {
      sdk,
      resource: { 'service.name': 'shop' },
      spanLimits: { attributeCountLimit: 10, eventCountLimit: 1 },
    });
    const span = provider.getTracer('scope', '1.2.3').startSpan('chat gpt-4o', {
      kind: SpanKind.CLIENT,
      startTime: [1_700_000_000, 123_456_789],
      attributes: attributes as never,
      links: [{ context: link, attributes: { why: 'retry' } }],
    });
    span.addEvent('dropped');
    span.addEvent('first token', { n: 1 }, [1_700_000_001, 0]);
    span.setStatus({ code: SpanStatusCode.ERROR, message: 'went wrong' });
    span.end([1_700_000_002, 1]);
    await receiver.waitForSpans(1);
    await provider.shutdown();
    return receiver.spans[0];
  }

  for (const sdk of sdkLines)
    it(`is what a span of SDK ${sdk.name} holds`, async () => {
      const attributes = { text: 'é', yes: true, int: 7, negative: -7, double: 2.5, list: ['a', 'b'] };
      const span = await sendFrom(sdk, attributes);
      expect(span?.attributes).to.deep.equal(attributes);
      expect(span?.resource).to.include({ 'service.name': 'shop' });
      expect(span?.events).to.deep.equal([
        {
          name: 'first token',
          timeUnixNano: 1_700_000_001_000_000_000n,
          attributes: { n: 1 },
          droppedAttributesCount: 0,
        },
      ]);
      expect(span?.links).to.deep.equal([
        {
          traceId: link.traceId,
          spanId: link.spanId,
          traceState: '',
          attributes: { why: 'retry' },
          droppedAttributesCount: 0,
        },
      ]);
      expect(span).to.deep.include({
        name: 'chat gpt-4o',
        parentSpanId: '',
        kind: 3,
        status: { code: 2, message: 'went wrong' },
        startTimeUnixNano: 1_700_000_000_123_456_789n,
        endTimeUnixNano: 1_700_000_002_000_000_001n,
        droppedAttributesCount: 0,
        droppedEventsCount: 1,
      });
      expect(span?.scope).to.deep.include({ name: 'scope', version: '1.2.3' });
      expect(span?.traceId).to.match(/^[0-9a-f]{32}$/);
      expect(span?.spanId).to.match(/^[0-9a-f]{16}$/);
    });

  for (const sdk of sdkLines.filter((line) => line.hasAnyValueAttributes))
    it(`includes the maps, mixed lists and bytes of SDK ${sdk.name}`, async () => {
      const attributes = {
        map: { a: { b: [1, 'x', { c: true }] } },
        bytes: Uint8Array.of(0, 255),
        none: null,
      };
      const span = await sendFrom(sdk, attributes);
      expect(span?.attributes).to.deep.equal({
        map: { a: { b: [1, 'x', { c: true }] } },
        bytes: Buffer.of(0, 255),
        none: undefined,
      });
    });

  it('has the parent of a span', async () => {
    const provider = recordingProvider([defaultSdkLine.simpleProcessor(otlpExporter(defaultSdkLine))]);
    const undo = provider.register();
    provider.tracer.startActiveSpan('parent', (parent) => {
      provider.tracer.startSpan('child').end();
      parent.end();
    });
    await provider.forceFlush();
    undo();
    await provider.shutdown();
    const [child, parent] = ['child', 'parent'].map((name) =>
      receiver.spans.find((span) => span.name === name),
    );
    expect(child?.parentSpanId).to.equal(parent?.spanId);
    expect(child?.traceId).to.equal(parent?.traceId);
  });

  it("keeps integers that a number can't represent", () => {
    const decoded = (int: unknown) => {
      const span = { attributes: [{ key: 'int', value: { intValue: int } }] };
      const request = { resourceSpans: [{ scopeSpans: [{ spans: [span] }] }] } as never;
      const bytes = traceService.ExportTraceServiceRequest.encode(request).finish();
      return receivedSpans(traceService.ExportTraceServiceRequest.decode(bytes))[0]?.attributes.int;
    };
    expect(decoded(Number.MAX_SAFE_INTEGER)).to.equal(Number.MAX_SAFE_INTEGER);
    // Two halves, as protobufjs represents a 64-bit number.
    expect(decoded({ low: 1, high: 0x200000, unsigned: false })).to.equal(9_007_199_254_740_993n);
    expect(decoded({ low: 0, high: -0x80000000, unsigned: false })).to.equal(-(2n ** 63n));
  });

  it("fills in what is not on the wire with OTLP's defaults", () => {
    const [span] = receivedSpans(traceService.ExportTraceServiceRequest.decode(requestBody(1)));
    expect(span).to.deep.include({
      traceId: '',
      parentSpanId: '',
      kind: 0,
      attributes: {},
      status: { code: 0, message: '' },
      events: [],
      links: [],
      scope: { name: '', version: '', attributes: {} },
      resource: {},
      startTimeUnixNano: 0n,
    });
  });
});
