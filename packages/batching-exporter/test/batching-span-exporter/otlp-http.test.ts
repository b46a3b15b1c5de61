import { setTimeout as sleep } from 'node:timers/promises';
import {
  type DiagRecorder,
  forkOtlpReceiver,
  type OtlpReceiver,
  recordDiag,
  startOtlpReceiver,
} from '@llm-otel/testing';
import { DiagLogLevel } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { expect } from 'chai';
import { type BatchingOptions, BatchingSpanExporter } from '../../src/index.js';
import { handOver, idOf, makeSpans, rejection, summary } from '../support.js';

const retry = { initialIntervalMillis: 20, maxIntervalMillis: 100 };

/** With so little time the stock exporter does not retry by itself: its own first pause is a second. */
const stock = (url: string, timeoutMillis = 500) => new OTLPTraceExporter({ url, timeoutMillis });

describe('BatchingSpanExporter over real HTTP, with the stock OTLP exporter', () => {
  let receiver: OtlpReceiver;
  let diagnostics: DiagRecorder;
  beforeEach(async () => {
    diagnostics = recordDiag(DiagLogLevel.INFO);
    receiver = await startOtlpReceiver();
  });
  afterEach(async () => {
    await receiver.close();
    diagnostics.stop();
  });

  const batchingTo = (url: string, options: BatchingOptions = {}) =>
    new BatchingSpanExporter(stock(url), { retry, ...options });
  const own = () =>
    diagnostics.messages
      .filter(({ message }) => message.startsWith('BatchingSpanExporter'))
      .map(({ level, message }) => `${level} ${message}`);

  it('delivers all spans exactly once after three answers of 503', async () => {
    const exporter = batchingTo(receiver.url, { concurrencyLimit: 1 });
    const spans = makeSpans(1_000);
    receiver.answer({ status: 503 }, { status: 503, retryAfter: '30' }, { status: 503 });
    handOver(exporter, spans);
    await exporter.forceFlush();
    expect(receiver.spanIds.toSorted()).to.deep.equal(spans.map(idOf).toSorted());
    expect(summary(exporter)).to.deep.equal({
      accepted: 1_000,
      exported: 1_000,
      queued: 0,
      inFlight: 0,
      dropped: {},
    });
    expect(own()).to.have.length(2);
    expect(own()[0]).to.match(
      /^warn .*: export fails \(OTLPExporterError\) and is retried; 1000 spans waiting\.$/,
    );
    expect(own()[1]).to.match(
      /^info .*: export works again after \d\.\d s; 488 spans waiting, none dropped meanwhile\.$/,
    );
    await exporter.shutdown();
  });

  for (const status of [400, 401, 403, 404, 500])
    it(`drops at once what is answered ${status}`, async () => {
      const exporter = batchingTo(receiver.url);
      receiver.answer({ status });
      handOver(exporter, makeSpans(10));
      const error = await rejection(exporter.forceFlush());
      expect(error.message).to.contain('10 of 10 spans were not delivered (10 rejected).');
      expect(error.cause).to.include({ name: 'OTLPExporterError', code: status });
      expect(receiver.requests).to.have.length(1);
      expect(own()).to.deep.equal([
        `warn BatchingSpanExporter: spans are being dropped: rejected (OTLPExporterError ${status}); stats() has the counts.`,
      ]);
      await exporter.shutdown();
    });

  for (const status of [408, 429, 502, 503, 504])
    it(`repeats what is answered ${status}`, async () => {
      const exporter = batchingTo(receiver.url);
      receiver.answer({ status }, { status });
      handOver(exporter, makeSpans(10));
      await exporter.forceFlush();
      expect(receiver.requests).to.have.length(3);
      expect(receiver.spans).to.have.length(10);
      await exporter.shutdown();
    });

  it('halves what is answered 413', async () => {
    const exporter = batchingTo(receiver.url);
    receiver.answer({ status: 413 }, { status: 413 });
    handOver(exporter, makeSpans(10));
    await exporter.forceFlush();
    expect(receiver.requests.map(({ spanCount }) => spanCount)).to.deep.equal([10, 5, 3, 2, 5]);
    expect(receiver.spans).to.have.length(10);
    await exporter.shutdown();
  });

  it('repeats when connections are refused, and delivers when the backend comes up', async () => {
    const { url } = receiver;
    const port = Number(new URL(url).port);
    await receiver.close();
    const exporter = batchingTo(url);
    handOver(exporter, makeSpans(10));
    const flush = exporter.forceFlush();
    await sleep(300);
    expect(summary(exporter)).to.deep.include({ exported: 0, inFlight: 10, dropped: {} });
    receiver = await startOtlpReceiver({ port });
    await flush;
    expect(receiver.spans).to.have.length(10);
    await exporter.shutdown();
  });

  it('counts as exported what the stock exporter reports as success, a partial success included', async () => {
    const exporter = batchingTo(receiver.url);
    receiver.answer({ rejectedSpans: 3 });
    handOver(exporter, makeSpans(10));
    await exporter.forceFlush();
    expect(receiver.spans).to.have.length(7);
    expect(summary(exporter)).to.deep.include({ exported: 10, dropped: {} });
    await exporter.shutdown();
  });

  it('gets past a server whose answer drips in for ever, which holds the stock exporter for good', async () => {
    const exporter = batchingTo(receiver.url, { timeoutMillis: 700 });
    receiver.answer({ dripMillis: 100, dripBytes: 10_000 });
    const spans = makeSpans(10);
    handOver(exporter, spans);
    const error = await rejection(exporter.forceFlush());
    expect(error.message).to.contain('10 of 10 spans were not delivered (10 still waiting after 700 ms).');
    const second = await rejection(exporter.forceFlush());
    expect(second.message).to.equal('BatchingSpanExporter: forceFlush was not finished after 700 ms.');
    // The dripping server had taken them: at least once is what can be had.
    expect(new Set(receiver.spanIds)).to.deep.equal(new Set(spans.map(idOf)));
    expect(summary(exporter)).to.deep.include({ exported: 10, inFlight: 0 });
    await exporter.shutdown();
  });

  it('delivers everything through a tenth of faults, and the ledger agrees with the receiver', async () => {
    const exporter = batchingTo(receiver.url, { batch: { maxSpans: 20 } });
    const faults = [
      { status: 503 },
      { status: 429 },
      { close: true },
      { close: 'mid-body' },
      { status: 502 },
    ] as const;
    for (const fault of faults) receiver.answer(...Array(9).fill({}), fault);
    const spans = makeSpans(2_000);
    handOver(exporter, spans);
    await exporter.forceFlush();
    expect(receiver.spanIds.toSorted()).to.deep.equal(spans.map(idOf).toSorted());
    expect(summary(exporter)).to.deep.equal({
      accepted: 2_000,
      exported: 2_000,
      queued: 0,
      inFlight: 0,
      dropped: {},
    });
    await exporter.shutdown();
  });
});

describe('BatchingSpanExporter, a burst', () => {
  it('delivers 40,000 spans upon forceFlush, exactly once, with the default options', async () => {
    const receiver = await forkOtlpReceiver({ keep: 'ids' });
    const exporter = new BatchingSpanExporter(stock(receiver.url, 10_000));
    const spans = makeSpans(40_000);
    handOver(exporter, spans);
    await exporter.forceFlush();
    const received = await receiver.spanIds();
    expect(received).to.have.length(40_000);
    expect(new Set(received)).to.deep.equal(new Set(spans.map(idOf)));
    expect(summary(exporter)).to.deep.include({ accepted: 40_000, exported: 40_000, dropped: {} });
    await exporter.shutdown();
    await receiver.close();
  }).timeout(30_000);
});
