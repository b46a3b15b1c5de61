import { FakeSpanExporter } from '@llm-otel/testing';
import { expect } from 'chai';
import type { SinonFakeTimers } from 'sinon';
import { BatchingSpanExporter } from '../../src/index.js';
import { estimateSpanBytes } from '../../src/span-size.js';
import { fakeTimers, handOver, idOf, makeSpans, summary } from '../support.js';

describe('BatchingSpanExporter, batches', () => {
  let clock: SinonFakeTimers;
  beforeEach(() => {
    clock = fakeTimers();
  });
  afterEach(() => clock.restore());

  it('sends what does not fill a batch after the interval', async () => {
    const inner = new FakeSpanExporter();
    const exporter = new BatchingSpanExporter(inner, { batch: { flushIntervalMillis: 200 } });
    handOver(exporter, makeSpans(3));
    await clock.tickAsync(199);
    expect(inner.batches).to.deep.equal([]);
    await clock.tickAsync(2);
    expect(inner.batches.map(({ length }) => length)).to.deep.equal([3]);
    expect(summary(exporter)).to.deep.equal({
      accepted: 3,
      exported: 3,
      queued: 0,
      inFlight: 0,
      dropped: {},
    });
  });

  it('starts a new interval for the spans that come next', async () => {
    const inner = new FakeSpanExporter();
    const exporter = new BatchingSpanExporter(inner, { batch: { flushIntervalMillis: 200 } });
    for (let i = 0; i < 3; i++) {
      handOver(exporter, makeSpans(2));
      await clock.tickAsync(1_000);
    }
    expect(inner.batches.map(({ length }) => length)).to.deep.equal([2, 2, 2]);
  });

  it('does not wait when there is a full batch, and leaves the rest for the interval', async () => {
    const inner = new FakeSpanExporter();
    const exporter = new BatchingSpanExporter(inner, { batch: { maxSpans: 10 } });
    handOver(exporter, makeSpans(25));
    await clock.tickAsync(1);
    expect(inner.batches.map(({ length }) => length)).to.deep.equal([10, 10]);
    expect(summary(exporter)).to.deep.include({ exported: 20, queued: 5 });
    await clock.tickAsync(1_001);
    expect(inner.batches.map(({ length }) => length)).to.deep.equal([10, 10, 5]);
  });

  it('sends what came during a send after an interval, if nothing more comes', async () => {
    const inner = new FakeSpanExporter();
    inner.behave('hold');
    const exporter = new BatchingSpanExporter(inner, {
      batch: { maxSpans: 10, flushIntervalMillis: 200 },
      concurrencyLimit: 1,
    });
    exporter.export(makeSpans(10), () => undefined);
    await clock.tickAsync(10);
    handOver(exporter, makeSpans(3));
    await clock.tickAsync(1_000);
    inner.release();
    await clock.tickAsync(100);
    expect(summary(exporter)).to.deep.include({ exported: 10, queued: 3 });
    await clock.tickAsync(200);
    expect(summary(exporter)).to.deep.include({ exported: 13, queued: 0 });
  });

  it('does not wait when there are the bytes of a full batch', async () => {
    const inner = new FakeSpanExporter();
    const exporter = new BatchingSpanExporter(inner, { batch: { maxBytes: 5_000 } });
    handOver(exporter, makeSpans(4, 'x'.repeat(2_000)));
    await clock.tickAsync(1);
    expect(inner.batches.map(({ length }) => length)).to.deep.equal([2]);
  });

  it('bounds a batch in bytes too', async () => {
    const inner = new FakeSpanExporter();
    const spans = [
      ...makeSpans(2, 'x'.repeat(300)),
      ...makeSpans(1, 'y'.repeat(600)),
      ...makeSpans(3, 'x'.repeat(300)),
    ];
    const [first] = spans;
    if (first === undefined) throw new Error('no spans');
    const maxBytes = 2 * estimateSpanBytes(first);
    const exporter = new BatchingSpanExporter(inner, { batch: { maxBytes } });
    handOver(exporter, spans);
    await clock.tickAsync(2_000);
    expect(inner.batches.map(({ length }) => length)).to.deep.equal([2, 1, 2, 1]);
    expect(inner.delivered.map(idOf)).to.deep.equal(spans.map(idOf));
  });

  it('sends a span larger than a batch without its content, and marks it', async () => {
    const inner = new FakeSpanExporter();
    const exporter = new BatchingSpanExporter(inner, { batch: { maxBytes: 2_000 } });
    const spans = makeSpans(1, 'y'.repeat(5_000));
    handOver(exporter, spans);
    await clock.tickAsync(2_000);
    expect(inner.delivered.map(idOf)).to.deep.equal(spans.map(idOf));
    expect(inner.delivered[0]?.attributes).to.deep.equal({
      'llm.model': 'gpt-4o',
      'llm.content_removed': 'span_too_large',
    });
  });

  for (const [options, limit] of [
    [{}, 8],
    [{ concurrencyLimit: 1 }, 1],
  ] as const)
    it(`has ${limit} in flight at a time with ${JSON.stringify(options)}`, async () => {
      const inner = new FakeSpanExporter({ export: 'hold' });
      const exporter = new BatchingSpanExporter(inner, { batch: { maxSpans: 10 }, ...options });
      handOver(exporter, makeSpans(300));
      await clock.tickAsync(5_000);
      expect(inner.heldCount).to.equal(limit);
      const inFlight = limit * 10;
      expect(summary(exporter)).to.deep.include({ exported: 0, queued: 300 - inFlight, inFlight });
      inner.release();
      await clock.tickAsync(20);
      expect(inner.heldCount).to.equal(limit);
      expect(summary(exporter)).to.deep.include({ exported: inFlight, queued: 300 - 2 * inFlight, inFlight });
    });
});

describe('BatchingSpanExporter, turns of the event loop', () => {
  it('hands over one batch a turn, however many are ready', async () => {
    const inner = new FakeSpanExporter();
    const exporter = new BatchingSpanExporter(inner, { batch: { maxSpans: 10 } });
    handOver(exporter, makeSpans(100));
    const perTurn: number[] = [];
    let before = 0;
    while (inner.batches.length < 10) {
      await new Promise((resolve) => setImmediate(resolve));
      perTurn.push(inner.batches.length - before);
      before = inner.batches.length;
    }
    expect(Math.max(...perTurn)).to.equal(1);
    await exporter.shutdown();
  });
});
