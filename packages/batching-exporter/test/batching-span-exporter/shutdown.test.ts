import { type DiagRecorder, FakeSpanExporter, recordDiag } from '@llm-otel/testing';
import { expect } from 'chai';
import type { SinonFakeTimers } from 'sinon';
import { BatchingSpanExporter } from '../../src/index.js';
import { fakeTimers, handOver, makeSpans, rejection, summary } from '../support.js';

const batch = { maxSpans: 10, flushIntervalMillis: 1_000 };
const retry = { initialIntervalMillis: 1_000, multiplier: 2, randomizationFactor: 0 };
const oneAtATime = { batch, retry, timeoutMillis: 5_000, concurrencyLimit: 1 };

describe('BatchingSpanExporter, shutdown', () => {
  let clock: SinonFakeTimers;
  let diagnostics: DiagRecorder;
  beforeEach(() => {
    clock = fakeTimers();
    diagnostics = recordDiag();
  });
  afterEach(() => {
    clock.restore();
    diagnostics.stop();
  });

  /** When, on the fake clock, the promise is fulfilled. */
  async function fulfilledAt(promise: Promise<void>): Promise<number> {
    let at: number | undefined;
    void promise.then(() => {
      at = clock.now;
    });
    for (let turn = 0; turn < 60_000 && at === undefined; turn++) await clock.tickAsync(1);
    await promise;
    return at ?? Number.NaN;
  }

  it('sends what is left and then shuts the wrapped exporter down, once', async () => {
    const inner = new FakeSpanExporter({ export: { delayMillis: 100 } });
    const exporter = new BatchingSpanExporter(inner, { batch, concurrencyLimit: 1 });
    handOver(exporter, makeSpans(25));
    const shutdown = exporter.shutdown();
    expect(exporter.shutdown()).to.equal(shutdown);
    await clock.tickAsync(250);
    expect(inner.shutdownCalls).to.equal(0);
    await fulfilledAt(shutdown);
    expect(exporter.shutdown()).to.equal(shutdown);
    expect(inner.shutdownCalls).to.equal(1);
    expect(summary(exporter)).to.deep.equal({
      accepted: 25,
      exported: 25,
      queued: 0,
      inFlight: 0,
      dropped: {},
    });
  });

  it('counts spans that come later and answers failure', async () => {
    const inner = new FakeSpanExporter({ export: { delayMillis: 100 } });
    const exporter = new BatchingSpanExporter(inner, { batch });
    handOver(exporter, makeSpans(5));
    const shutdown = exporter.shutdown();
    const codes: number[] = [];
    exporter.export(makeSpans(2), ({ code }) => codes.push(code));
    await fulfilledAt(shutdown);
    exporter.export(makeSpans(2), ({ code }) => codes.push(code));
    await clock.tickAsync(5_000);
    expect(codes).to.deep.equal([1, 1]);
    expect(summary(exporter)).to.deep.include({ accepted: 9, exported: 5, dropped: { already_shutdown: 4 } });
    expect(inner.spans).to.have.length(5);
  });

  it('repeats failed attempts within its time', async () => {
    const inner = new FakeSpanExporter();
    inner.behave('fail', 'fail');
    const exporter = new BatchingSpanExporter(inner, { batch, retry });
    handOver(exporter, makeSpans(5));
    expect(await fulfilledAt(exporter.shutdown())).to.be.within(3_000, 3_010);
    expect(summary(exporter)).to.deep.include({ exported: 5, dropped: {} });
  });

  it('counts what is queued and in flight at its deadline, and still shuts the exporter down', async () => {
    const inner = new FakeSpanExporter({ export: 'never' });
    const exporter = new BatchingSpanExporter(inner, { batch, timeoutMillis: 5_000 });
    handOver(exporter, makeSpans(25));
    await clock.tickAsync(1);
    expect(await fulfilledAt(exporter.shutdown())).to.be.within(5_000, 5_010);
    expect(inner.shutdownCalls).to.equal(1);
    expect(summary(exporter)).to.deep.equal({
      accepted: 25,
      exported: 0,
      queued: 0,
      inFlight: 0,
      dropped: { shutdown_timeout: 25 },
    });
    const { length } = inner.batches;
    await clock.tickAsync(60_000);
    expect(inner.batches).to.have.length(length);
  });

  it('counts all of it although an attempt goes on beyond its deadline', async () => {
    const inner = new FakeSpanExporter({ export: 'never' });
    const exporter = new BatchingSpanExporter(inner, oneAtATime);
    handOver(exporter, makeSpans(25));
    await clock.tickAsync(4_000);
    // The first attempt ends at 5 s, the second one would at 11 s.
    expect(await fulfilledAt(exporter.shutdown())).to.be.within(9_000, 9_010);
    expect(inner.batches).to.have.length(2);
    expect(summary(exporter)).to.deep.equal({
      accepted: 25,
      exported: 0,
      queued: 0,
      inFlight: 0,
      dropped: { shutdown_timeout: 25 },
    });
  });

  it('does not count again what is answered after its deadline', async () => {
    const inner = new FakeSpanExporter({ export: 'hold' });
    const exporter = new BatchingSpanExporter(inner, { batch, timeoutMillis: 5_000 });
    handOver(exporter, makeSpans(5));
    await fulfilledAt(exporter.shutdown());
    inner.release();
    await clock.tickAsync(60_000);
    expect(summary(exporter)).to.deep.include({ exported: 0, dropped: { shutdown_timeout: 5 } });
  });

  it('ends when the next attempt would come after its deadline', async () => {
    const inner = new FakeSpanExporter({ export: 'fail' });
    const exporter = new BatchingSpanExporter(inner, oneAtATime);
    handOver(exporter, makeSpans(25));
    // The first batch at 0, 1 and 3 s (next: 7 s), the second at 4 s (next: 12 s), the third not at all (next: 5 s).
    expect(await fulfilledAt(exporter.shutdown())).to.be.within(4_000, 4_010);
    expect(inner.batches).to.have.length(4);
    expect(summary(exporter)).to.deep.include({ dropped: { shutdown_timeout: 25 } });
  });

  for (const behaviour of ['fail', 'throw'] as const)
    it(`is fulfilled when the shutdown of the wrapped exporter fails (${behaviour})`, async () => {
      await fulfilledAt(new BatchingSpanExporter(new FakeSpanExporter({ shutdown: behaviour })).shutdown());
      expect(diagnostics.messages.map(({ message }) => message)).to.deep.equal([
        'BatchingSpanExporter: shutdown() of the wrapped exporter failed',
      ]);
    });

  it('does not wait for ever for the shutdown of the wrapped exporter', async () => {
    const exporter = new BatchingSpanExporter(new FakeSpanExporter({ shutdown: 'never' }), {
      timeoutMillis: 5_000,
    });
    expect(await fulfilledAt(exporter.shutdown())).to.be.within(5_000, 5_010);
  });

  it('settles a forceFlush that is going on, with what was lost', async () => {
    const exporter = new BatchingSpanExporter(new FakeSpanExporter({ export: 'never' }), {
      batch,
      timeoutMillis: 5_000,
    });
    handOver(exporter, makeSpans(5));
    const shutdownLater = clock.setTimeout(() => void exporter.shutdown(), 1_000);
    const error = rejection(exporter.forceFlush());
    await clock.tickAsync(10_000);
    expect((await error).message).to.contain('5 of 5 spans were not delivered');
    clock.clearTimeout(shutdownLater);
  });

  it('is what forceFlush waits for afterwards', async () => {
    const inner = new FakeSpanExporter();
    const exporter = new BatchingSpanExporter(inner);
    await fulfilledAt(exporter.shutdown());
    await exporter.forceFlush();
    expect(inner.forceFlushCalls).to.equal(0);
  });
});
