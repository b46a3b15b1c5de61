import { FakeSpanExporter, recordDiag } from '@llm-otel/testing';
import { expect } from 'chai';
import { type SinonFakeTimers, spy } from 'sinon';
import { Flush } from '../../src/core/flush.js';
import { BatchingSpanExporter } from '../../src/index.js';
import { fakeTimers, handOver, makeSpans, rejection, summary } from '../support.js';

const rejected = Object.assign(new Error('bad request'), { code: 400 });
const batch = { maxSpans: 10, flushIntervalMillis: 3_600_000 };
const retry = { initialIntervalMillis: 10_000, randomizationFactor: 0 };

describe('BatchingSpanExporter, forceFlush', () => {
  let clock: SinonFakeTimers;
  let diagnostics: ReturnType<typeof recordDiag>;
  beforeEach(() => {
    clock = fakeTimers();
    diagnostics = recordDiag();
  });
  afterEach(() => {
    clock.restore();
    diagnostics.stop();
  });

  /** Runs the fake clock until the promise has settled. */
  async function run<T>(promise: Promise<T>): Promise<T> {
    const settled = promise.then(
      () => true,
      () => true,
    );
    for (let turn = 0; turn < 100_000; turn++) {
      if (await Promise.race([settled, Promise.resolve(false)])) break;
      await clock.tickAsync(1);
    }
    return promise;
  }

  it('sends what does not fill a batch and then flushes the wrapped exporter', async () => {
    const inner = new FakeSpanExporter();
    const exporter = new BatchingSpanExporter(inner, { batch });
    handOver(exporter, makeSpans(25));
    await run(exporter.forceFlush());
    expect(inner.batches.map(({ length }) => length)).to.deep.equal([10, 10, 5]);
    expect(inner.forceFlushCalls).to.equal(1);
    expect(clock.now).to.be.lessThan(100);
  });

  it('flushes the wrapped exporter even if there is nothing to send', async () => {
    const inner = new FakeSpanExporter();
    await run(new BatchingSpanExporter(inner).forceFlush());
    expect(inner.forceFlushCalls).to.equal(1);
  });

  it('waits for what is in flight', async () => {
    const inner = new FakeSpanExporter({ export: { delayMillis: 500 } });
    const exporter = new BatchingSpanExporter(inner, { batch });
    handOver(exporter, makeSpans(10));
    await clock.tickAsync(10);
    expect(summary(exporter)).to.deep.include({ queued: 0, inFlight: 10 });
    await run(exporter.forceFlush());
    expect(summary(exporter)).to.deep.include({ exported: 10 });
  });

  it('does not wait for what comes after it', async () => {
    const inner = new FakeSpanExporter({ export: { delayMillis: 500 } });
    const exporter = new BatchingSpanExporter(inner, { batch, concurrencyLimit: 1 });
    handOver(exporter, makeSpans(10));
    const flush = exporter.forceFlush();
    handOver(exporter, makeSpans(100));
    await run(flush);
    expect(summary(exporter)).to.deep.include({ exported: 10, inFlight: 0, queued: 100 });
  });

  it('tries at once when a batch is waiting out its backoff', async () => {
    const inner = new FakeSpanExporter();
    inner.behave('fail');
    const exporter = new BatchingSpanExporter(inner, { batch, retry });
    handOver(exporter, makeSpans(10));
    await clock.tickAsync(1_000);
    await run(exporter.forceFlush());
    expect(clock.now).to.be.lessThan(1_100);
    expect(summary(exporter)).to.deep.include({ exported: 10 });
  });

  it('rejects, saying how many of how many spans were lost and why', async () => {
    const inner = new FakeSpanExporter();
    inner.behave('succeed', { error: rejected }, { error: rejected });
    const exporter = new BatchingSpanExporter(inner, { batch });
    handOver(exporter, makeSpans(35));
    const error = await rejection(run(exporter.forceFlush()));
    expect(error.message).to.equal('BatchingSpanExporter: 20 of 35 spans were not delivered (20 rejected).');
    expect(error.cause).to.equal(rejected);
    expect(inner.forceFlushCalls).to.equal(1);
  });

  it('does not hold spans against it that were lost before', async () => {
    const inner = new FakeSpanExporter();
    inner.behave({ error: rejected });
    const exporter = new BatchingSpanExporter(inner, { batch });
    handOver(exporter, makeSpans(10));
    await clock.tickAsync(10);
    handOver(exporter, makeSpans(10));
    await run(exporter.forceFlush());
    expect(summary(exporter)).to.deep.include({ exported: 10, dropped: { rejected: 10 } });
  });

  it('rejects for spans that the queue dropped while it waited', async () => {
    const inner = new FakeSpanExporter({ export: 'hold' });
    const exporter = new BatchingSpanExporter(inner, {
      batch,
      queue: { maxSpans: 20, overflow: 'drop-oldest' },
      concurrencyLimit: 1,
    });
    handOver(exporter, makeSpans(15));
    const flush = exporter.forceFlush();
    await clock.tickAsync(10);
    handOver(exporter, makeSpans(18));
    inner.behaveAlways('succeed');
    inner.release();
    const error = await rejection(run(flush));
    expect(error.message).to.contain('3 of 15 spans were not delivered (3 queue_full).');
  });

  it('waits no longer than the deadline, keeps the spans, and says what is still waiting', async () => {
    const inner = new FakeSpanExporter({ export: 'never' });
    const exporter = new BatchingSpanExporter(inner, { batch, timeoutMillis: 5_000, concurrencyLimit: 1 });
    handOver(exporter, makeSpans(25));
    await clock.tickAsync(100);
    const error = await rejection(run(exporter.forceFlush()));
    expect(error.message).to.contain('25 of 25 spans were not delivered (25 still waiting after 5000 ms).');
    expect(clock.now).to.be.within(5_100, 5_110);
    expect(summary(exporter)).to.deep.include({ queued: 15, inFlight: 10, dropped: {} });
  });

  it('tells why what is still waiting is, also when that was before', async () => {
    const unavailable = Object.assign(new Error('unavailable'), { code: 503 });
    const inner = new FakeSpanExporter();
    inner.behaveAlways({ error: unavailable });
    const exporter = new BatchingSpanExporter(inner, { batch, retry, timeoutMillis: 5_000 });
    handOver(exporter, makeSpans(10));
    const error = await rejection(run(exporter.forceFlush()));
    expect(error.message).to.contain('10 still waiting after 5000 ms');
    expect(error.cause).to.equal(unavailable);

    inner.behaveAlways('never');
    expect((await rejection(run(exporter.forceFlush()))).cause).to.equal(unavailable);
    inner.behaveAlways('succeed');
    await clock.tickAsync(60_000);
    handOver(exporter, makeSpans(10));
    inner.behaveAlways('never');
    expect(await rejection(run(exporter.forceFlush()))).not.to.have.property('cause');
  });

  it('settles each of several calls for itself', async () => {
    const inner = new FakeSpanExporter({ export: { delayMillis: 100 } });
    inner.behave({ error: rejected });
    const exporter = new BatchingSpanExporter(inner, { batch });
    handOver(exporter, makeSpans(10));
    const first = rejection(exporter.forceFlush());
    await clock.tickAsync(10);
    handOver(exporter, makeSpans(10));
    await run(exporter.forceFlush());
    expect((await first).message).to.contain('10 of 10');
  });

  for (const behaviour of ['fail', 'throw'] as const)
    it(`rejects when the forceFlush of the wrapped exporter does (${behaviour})`, async () => {
      const exporter = new BatchingSpanExporter(new FakeSpanExporter({ forceFlush: behaviour }));
      expect((await rejection(run(exporter.forceFlush()))).message).to.contain('as told');
    });

  it('says what was lost even if the forceFlush of the wrapped exporter rejects too', async () => {
    const inner = new FakeSpanExporter({ forceFlush: 'fail', export: { error: rejected } });
    const exporter = new BatchingSpanExporter(inner);
    handOver(exporter, makeSpans(10));
    expect((await rejection(run(exporter.forceFlush()))).message).to.contain('10 of 10');
    expect(inner.forceFlushCalls).to.equal(1);
  });

  it('leaves no rejection unhandled, which would end the process, when both fail', async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => void unhandled.push(reason);
    const others = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection').on('unhandledRejection', note);
    const exporter = new BatchingSpanExporter(
      new FakeSpanExporter({ forceFlush: 'fail', export: { error: rejected } }),
    );
    handOver(exporter, makeSpans(10));
    await rejection(run(exporter.forceFlush()));
    // It is reported after the turn in which the promise was rejected.
    clock.restore();
    await new Promise(setImmediate);
    process.off('unhandledRejection', note);
    for (const listener of others) process.on('unhandledRejection', listener);
    expect(unhandled).to.deep.equal([]);
  });

  it('does not wait for ever for the forceFlush of the wrapped exporter', async () => {
    const inner = new FakeSpanExporter({ forceFlush: 'never' });
    const exporter = new BatchingSpanExporter(inner, { timeoutMillis: 5_000 });
    const error = await rejection(run(exporter.forceFlush()));
    expect(error.message).to.equal('BatchingSpanExporter: forceFlush did not finish within 5000 ms.');
  });

  it('leaves nothing behind that later deliveries would have to go through', async () => {
    const settling = spy(Flush.prototype, 'settle');
    const exporter = new BatchingSpanExporter(new FakeSpanExporter(), { batch });
    for (let invocation = 0; invocation < 5; invocation++) {
      handOver(exporter, makeSpans(1));
      await run(exporter.forceFlush());
    }
    settling.restore();
    expect(settling.callCount).to.equal(5);
    await run(exporter.shutdown());
  });
});
