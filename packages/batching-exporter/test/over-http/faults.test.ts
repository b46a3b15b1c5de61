import { forkOtlpReceiver, type OtlpReceiver, recordDiag, startOtlpReceiver } from '@llm-otel/testing';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { expect } from 'chai';
import { BatchingSpanExporter, OtlpBatchingSpanExporter } from '../../src/index.js';
import { handOver, idOf, makeSpans, rejection, summary } from '../support.js';
import { names, setups } from './setups.js';

const all = (count: number) => ({ accepted: count, exported: count, queued: 0, inFlight: 0, dropped: {} });

describe('a backend with faults', () => {
  let receiver: OtlpReceiver;
  let diagnostics: ReturnType<typeof recordDiag>;
  beforeEach(async () => {
    diagnostics = recordDiag();
    receiver = await startOtlpReceiver();
  });
  afterEach(async () => {
    await receiver.close();
    diagnostics.stop();
  });

  for (const name of names)
    it(`has all spans once when a tenth of its answers was one, and the ledger agrees (${name})`, async () => {
      const exporter = setups[name].create(receiver.url, { batch: { maxSpans: 20 } });
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
      expect(summary(exporter)).to.deep.equal(all(2_000));
      await exporter.shutdown();
    });

  it('may hold the stock exporter for good with an answer that drips, but not what is wrapped around it', async () => {
    const exporter = setups.BatchingSpanExporter.create(receiver.url, { timeoutMillis: 700 });
    receiver.answer({ dripMillis: 100, dripBytes: 10_000 });
    const spans = makeSpans(10);
    handOver(exporter, spans);
    const error = await rejection(exporter.forceFlush());
    expect(error.message).to.contain('10 of 10 spans were not delivered (10 still waiting after 700 ms).');
    const second = await rejection(exporter.forceFlush());
    expect(second.message).to.equal('BatchingSpanExporter: forceFlush did not finish within 700 ms.');
    // The dripping server had taken them: at least once is what can be had.
    expect(new Set(receiver.spanIds)).to.deep.equal(new Set(spans.map(idOf)));
    expect(summary(exporter)).to.deep.include({ exported: 10, inFlight: 0 });
    await exporter.shutdown();
  });
});

describe('a burst of 40,000 spans and forceFlush', () => {
  for (const [name, create] of [
    ['OtlpBatchingSpanExporter', (url: string) => new OtlpBatchingSpanExporter({ url })],
    ['BatchingSpanExporter', (url: string) => new BatchingSpanExporter(new OTLPTraceExporter({ url }))],
  ] as const)
    it(`arrives exactly once, with the default options (${name})`, async () => {
      const receiver = await forkOtlpReceiver({ keep: 'ids' });
      const exporter = create(receiver.url);
      const spans = makeSpans(40_000);
      handOver(exporter, spans);
      await exporter.forceFlush();
      const received = await receiver.spanIds();
      expect(received).to.have.length(40_000);
      expect(new Set(received)).to.deep.equal(new Set(spans.map(idOf)));
      expect(summary(exporter)).to.deep.equal(all(40_000));
      await exporter.shutdown();
      await receiver.close();
    }).timeout(30_000);
});
