import { type DiagRecorder, type OtlpReceiver, recordDiag, startOtlpReceiver } from '@llm-otel/testing';
import { DiagLogLevel } from '@opentelemetry/api';
import { expect } from 'chai';
import { handOver, makeSpans, rejection, summary } from '../support.js';
import { exporterTo } from './support.js';

describe('OtlpBatchingSpanExporter, answers', () => {
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
  const lines = () => diagnostics.messages.map(({ level, message }) => `${level} ${message}`);

  for (const status of [400, 401, 403, 404, 500, 302])
    it(`drops at once what is answered ${status}, and tells the caller of forceFlush why`, async () => {
      const exporter = exporterTo(receiver.url);
      receiver.answer({ status, message: 'because' });
      handOver(exporter, makeSpans(10));
      const error = await rejection(exporter.forceFlush());
      expect(error.message).to.contain('10 of 10 spans were not delivered (10 rejected).');
      expect(error.cause).to.include({ name: 'OtlpExportError', code: status });
      expect(`${error.cause}`).to.contain(`answered ${status}: because`);
      expect(receiver.requests).to.have.length(1);
      expect(lines()).to.deep.equal([
        `warn OtlpBatchingSpanExporter: spans are being dropped: rejected (OtlpExportError ${status}); stats() has the counts.`,
      ]);
      await exporter.shutdown();
    });

  for (const status of [429, 502, 503, 504])
    it(`repeats what is answered ${status}, and tells of the outage and its end`, async () => {
      const exporter = exporterTo(receiver.url);
      receiver.answer({ status }, { status }, { status });
      handOver(exporter, makeSpans(10));
      await exporter.forceFlush();
      expect(receiver.requests).to.have.length(4);
      expect(receiver.spans).to.have.length(10);
      expect(lines()).to.have.length(2);
      expect(lines()[0]).to.equal(
        `warn OtlpBatchingSpanExporter: export fails (OtlpExportError ${status}) and is retried; 10 spans waiting.`,
      );
      expect(lines()[1]).to.match(
        /export works again after 0\.\d s; 0 spans waiting, none dropped meanwhile\.$/,
      );
      await exporter.shutdown();
    });

  for (const [what, retryAfter] of [
    ['in seconds', () => '1'],
    ['as a date', () => new Date(Date.now() + 2_000).toUTCString()],
  ] as const)
    it(`honours a Retry-After ${what}, even if a forceFlush is in a hurry`, async () => {
      const exporter = exporterTo(receiver.url);
      const header = retryAfter();
      receiver.answer({ status: 429, retryAfter: header });
      handOver(exporter, makeSpans(10));
      await exporter.forceFlush();
      const [first, second] = receiver.requests;
      const askedFor = header === '1' ? (first?.receivedAt ?? 0) + 1_000 : Date.parse(header);
      expect(second?.receivedAt).to.be.within(askedFor - 5, askedFor + 900);
      await exporter.shutdown();
    });

  it('keeps what it has when Retry-After is longer than a batch may be retried', async () => {
    const exporter = exporterTo(receiver.url, {
      retry: { maxElapsedTimeMillis: 100 },
      batch: { maxSpans: 10 },
      timeoutMillis: 400,
      concurrencyLimit: 1,
    });
    receiver.answer({ status: 503, retryAfter: '3600' });
    handOver(exporter, makeSpans(30));
    const error = await rejection(exporter.forceFlush());
    expect(error.message).to.contain('(10 retry_exhausted, 20 still waiting after 400 ms)');
    expect(receiver.requests).to.have.length(1);
    await exporter.shutdown();
    expect(summary(exporter)).to.deep.include({ dropped: { retry_exhausted: 10, shutdown_timeout: 20 } });
  });

  it('counts what a partial success rejects as rejected, and not as exported', async () => {
    const exporter = exporterTo(receiver.url);
    receiver.answer({ rejectedSpans: 3, message: 'too old' });
    handOver(exporter, makeSpans(10));
    const error = await rejection(exporter.forceFlush());
    expect(error.message).to.contain('3 of 10 spans were not delivered (3 rejected).');
    expect(`${error.cause}`).to.contain('rejected 3 spans: too old');
    expect(receiver.spans).to.have.length(7);
    expect(receiver.requests).to.have.length(1);
    expect(summary(exporter)).to.deep.include({ exported: 7, dropped: { rejected: 3 } });
    await exporter.shutdown();
  });

  it('takes a warning without rejected spans for a success', async () => {
    const exporter = exporterTo(receiver.url);
    receiver.answer({ message: 'please send less' });
    handOver(exporter, makeSpans(10));
    await exporter.forceFlush();
    expect(summary(exporter)).to.deep.include({ exported: 10, dropped: {} });
    await exporter.shutdown();
  });

  it('halves what is answered 413', async () => {
    const exporter = exporterTo(receiver.url);
    receiver.answer({ status: 413 }, { status: 413 });
    handOver(exporter, makeSpans(10));
    await exporter.forceFlush();
    expect(receiver.requests.map(({ spanCount }) => spanCount)).to.deep.equal([10, 5, 3, 2, 5]);
    expect(receiver.spans).to.have.length(10);
    await exporter.shutdown();
  });
});
