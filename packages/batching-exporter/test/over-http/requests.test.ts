import { setTimeout as sleep } from 'node:timers/promises';
import { type OtlpReceiver, recordingProvider, sdkLines, startOtlpReceiver } from '@llm-otel/testing';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';
import { VERSION } from '../../src/version.js';
import { handOver, idOf, makeSpans, summary } from '../support.js';
import { exporterTo } from './setups.js';

describe('OtlpBatchingSpanExporter, requests', () => {
  let receiver: OtlpReceiver;
  beforeEach(async () => {
    receiver = await startOtlpReceiver();
  });
  afterEach(() => receiver.close());

  for (const compression of ['none', 'gzip'] as const)
    it(`sends protobuf with its length, compression ${compression}`, async () => {
      const exporter = exporterTo(receiver.url, { compression, headers: { 'X-Api-Key': 'secret' } });
      const spans = makeSpans(100, 'text '.repeat(100));
      handOver(exporter, spans);
      await exporter.forceFlush();
      expect(receiver.spans.map(({ spanId }) => spanId)).to.deep.equal(spans.map(idOf));
      const [request] = receiver.requests;
      expect(request?.headers).to.include({
        'content-type': 'application/x-protobuf',
        'x-api-key': 'secret',
        'user-agent': `llm-otel-batching-exporter-JavaScript/${VERSION}`,
      });
      expect(request?.headers).not.to.have.property('transfer-encoding');
      if (compression === 'gzip') {
        expect(request?.headers['content-encoding']).to.equal('gzip');
        expect(Number(request?.headers['content-length'])).to.be.lessThan((request?.body.length ?? 0) / 5);
      } else expect(request?.headers['content-length']).to.equal(`${request?.body.length}`);
      await exporter.shutdown();
    });

  for (const sdk of sdkLines)
    it(`sends what a span of SDK ${sdk.name} holds`, async () => {
      const exporter = exporterTo(receiver.url);
      const { getTracer, spans } = recordingProvider([], { sdk, resource: { 'service.name': 'shop' } });
      const span = getTracer('scope', '1.2').startSpan('chat', {
        kind: 2,
        attributes: { list: [1, 2], ok: true },
      });
      span.addEvent('exception', { 'exception.message': 'no' });
      span.setStatus({ code: 2, message: 'failed' });
      span.end();
      handOver(exporter, spans);
      await exporter.forceFlush();
      expect(receiver.spans[0]).to.deep.include({
        name: 'chat',
        kind: 3,
        attributes: { list: [1, 2], ok: true },
        status: { code: 2, message: 'failed' },
        scope: { name: 'scope', version: '1.2', attributes: {} },
      });
      expect(receiver.spans[0]?.resource).to.include({ 'service.name': 'shop' });
      expect(receiver.spans[0]?.events[0]).to.deep.include({
        name: 'exception',
        attributes: { 'exception.message': 'no' },
      });
      await exporter.shutdown();
    });

  it('waits for the attributes of a resource that are still being found out', async () => {
    const exporter = exporterTo(receiver.url);
    const provider = new BasicTracerProvider({
      resource: resourceFromAttributes({ 'host.id': sleep(100).then(() => 'late') }),
      spanProcessors: [new SimpleSpanProcessor(exporter)],
    });
    provider.getTracer('test').startSpan('early').end();
    await provider.forceFlush();
    expect(receiver.spans[0]?.resource).to.include({ 'host.id': 'late' });
    await provider.shutdown();
  });

  it('sends a span larger than a batch without its content, and marks it', async () => {
    const exporter = exporterTo(receiver.url, { batch: { maxBytes: 10_000 } });
    // For all that an estimate looks at, it is ASCII.
    const underestimated = `${'a'.repeat(100)}${'世'.repeat(99)}`.repeat(40);
    handOver(exporter, [
      ...makeSpans(1, 'x'.repeat(20_000)),
      ...makeSpans(1, underestimated),
      ...makeSpans(1),
    ]);
    await exporter.forceFlush();
    const cut = { 'llm.model': 'gpt-4o', 'llm.content_removed': 'span_too_large' };
    expect(receiver.spans.map(({ attributes }) => attributes)).to.deep.equal([
      cut,
      cut,
      { 'llm.model': 'gpt-4o' },
    ]);
    expect(receiver.spans[0]?.droppedAttributesCount).to.equal(1);
    await exporter.shutdown();
  });

  it('counts what can not be encoded, in its turn, and delivers the rest', async () => {
    const exporter = exporterTo(receiver.url);
    const [first, second, third] = makeSpans(3);
    if (!first || !second || !third) throw new Error('no spans');
    const broken = Object.create(second, { spanContext: { value: () => undefined } });
    handOver(exporter, [first, broken, third]);
    expect(summary(exporter)).to.deep.include({ queued: 3 });
    const flush = exporter.forceFlush();
    await flush.then(
      () => expect.fail('must reject'),
      (error: Error) => expect(error.message).to.contain('1 of 3 spans were not delivered (1 invalid_span).'),
    );
    expect(receiver.spanIds).to.deep.equal([first, third].map(idOf));
    expect(summary(exporter)).to.deep.include({ exported: 2, queued: 0, dropped: { invalid_span: 1 } });
    await exporter.shutdown();
  });

  it('has several requests in flight, but no more than it may', async () => {
    const exporter = exporterTo(receiver.url, {
      concurrencyLimit: 3,
      batch: { maxSpans: 10 },
      requestTimeoutMillis: 5_000,
    });
    receiver.answerAlways({ delayMillis: 500 });
    handOver(exporter, makeSpans(60));
    while (receiver.requests.length < 3) await sleep(10);
    await sleep(50);
    expect(summary(exporter)).to.deep.include({ inFlight: 30, queued: 30 });
    expect(receiver.requests).to.have.length(3);
    await exporter.forceFlush();
    expect(receiver.spans).to.have.length(60);
    await exporter.shutdown();
  });
});
