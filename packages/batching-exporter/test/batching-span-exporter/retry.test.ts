import { type DiagRecorder, FakeSpanExporter, recordDiag } from '@llm-otel/testing';
import { DiagLogLevel } from '@opentelemetry/api';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';
import type { SinonFakeTimers } from 'sinon';
import { BatchingSpanExporter } from '../../src/index.js';
import { fakeTimers, handOver, idOf, makeSpans, summary } from '../support.js';

const retry = {
  initialIntervalMillis: 1_000,
  multiplier: 2,
  randomizationFactor: 0,
  maxElapsedTimeMillis: 60_000,
};
const batch = { flushIntervalMillis: 100 };
const http = (code: number) => Object.assign(new Error(`HTTP ${code}`), { code });

describe('BatchingSpanExporter, retry', () => {
  let clock: SinonFakeTimers;
  let diagnostics: DiagRecorder;
  beforeEach(() => {
    clock = fakeTimers();
    diagnostics = recordDiag(DiagLogLevel.INFO);
  });
  afterEach(() => {
    clock.restore();
    diagnostics.stop();
  });
  const lines = () => diagnostics.messages.map(({ level, message }) => `${level} ${message}`);

  it('repeats after exponentially growing pauses until the batch is delivered', async () => {
    const inner = new FakeSpanExporter();
    inner.behave({ error: http(503) }, 'fail', { error: http(429) });
    const exporter = new BatchingSpanExporter(inner, { retry, batch });
    const spans = makeSpans(5);
    handOver(exporter, spans);
    const attemptsAt: number[] = [];
    for (let millis = 0; millis < 9_000; millis += 50) {
      while (attemptsAt.length < inner.batches.length) attemptsAt.push(millis);
      expect(summary(exporter)).to.deep.include({ accepted: 5, dropped: {} });
      await clock.tickAsync(50);
    }
    expect(attemptsAt).to.deep.equal([150, 1_150, 3_150, 7_150]);
    expect(inner.delivered.map(idOf)).to.deep.equal(spans.map(idOf));
    expect(lines()).to.deep.equal([
      'warn BatchingSpanExporter: export failed (Error 503) and will be retried; 5 spans waiting.',
      'info BatchingSpanExporter: export works again after 7.0 s; 0 spans waiting, dropped meanwhile: none.',
    ]);
  });

  it('gives a batch up when its time is used up, and goes on with the next', async () => {
    const inner = new FakeSpanExporter({ export: 'fail' });
    const exporter = new BatchingSpanExporter(inner, {
      retry: { ...retry, maxElapsedTimeMillis: 4_000 },
      batch,
    });
    handOver(exporter, makeSpans(5));
    await clock.tickAsync(200);
    expect(summary(exporter)).to.deep.include({ inFlight: 5, dropped: {} });
    await clock.tickAsync(4_000);
    expect(inner.batches).to.have.length(3);
    expect(summary(exporter)).to.deep.include({ inFlight: 0, dropped: { retry_exhausted: 5 } });
    inner.behaveAlways('succeed');
    handOver(exporter, makeSpans(2));
    await clock.tickAsync(200);
    expect(summary(exporter)).to.deep.include({ accepted: 7, exported: 2, dropped: { retry_exhausted: 5 } });
    expect(lines().at(-1)).to.contain('dropped meanwhile: 5 retry_exhausted');
  });

  for (const [failures, expected] of [
    [1, { exported: 5, dropped: {} }],
    [2, { exported: 0, dropped: { retry_exhausted: 5 } }],
  ] as const)
    it(`makes one attempt that was to come in time, however long the process was frozen (${failures} fail)`, async () => {
      const inner = new FakeSpanExporter();
      inner.behave(...Array<'fail'>(failures).fill('fail'));
      const exporter = new BatchingSpanExporter(inner, { retry, batch });
      handOver(exporter, makeSpans(5));
      await clock.tickAsync(200);
      clock.jump(2 * retry.maxElapsedTimeMillis);
      await clock.tickAsync(10);
      expect(inner.batches).to.have.length(2);
      expect(summary(exporter)).to.deep.include({ inFlight: 0, ...expected });
    });

  it('does not repeat what is refused for good', async () => {
    const inner = new FakeSpanExporter();
    inner.behave({ error: http(401) }, { error: http(400) });
    const exporter = new BatchingSpanExporter(inner, { retry, batch: { maxSpans: 5 } });
    handOver(exporter, makeSpans(15));
    await clock.tickAsync(10);
    expect(inner.batches).to.have.length(3);
    expect(summary(exporter)).to.deep.include({ exported: 5, dropped: { rejected: 10 } });
    expect(lines()).to.deep.equal([
      'warn BatchingSpanExporter: spans are being dropped: rejected (Error 401); see stats() for the counts.',
    ]);
  });

  it('halves a batch that is too large for the backend until it fits', async () => {
    const accepted: ReadableSpan[] = [];
    const inner: SpanExporter = {
      export: (spans, answer) => {
        if (spans.length > 2) return answer({ code: 1, error: http(413) });
        accepted.push(...spans);
        answer({ code: 0 });
      },
      shutdown: async () => undefined,
    };
    const exporter = new BatchingSpanExporter(inner, { batch });
    const spans = makeSpans(11);
    handOver(exporter, spans);
    await clock.tickAsync(200);
    expect(accepted.map(idOf)).to.deep.equal(spans.map(idOf));
    expect(summary(exporter)).to.deep.equal({
      accepted: 11,
      exported: 11,
      queued: 0,
      inFlight: 0,
      dropped: {},
    });
  });

  it('loses of a batch only the one span on which the exporter throws', async () => {
    const spans = makeSpans(512);
    const poison = spans[300];
    const inner = new FakeSpanExporter();
    const picky: SpanExporter = {
      export: (given, answer) => {
        if (poison !== undefined && given.includes(poison)) throw new TypeError('cannot serialize');
        inner.export(given, answer);
      },
      shutdown: async () => undefined,
    };
    const exporter = new BatchingSpanExporter(picky, { batch });
    handOver(exporter, spans);
    await clock.tickAsync(200);
    expect(summary(exporter)).to.deep.include({ exported: 511, inFlight: 0, dropped: { rejected: 1 } });
    expect(new Set(inner.delivered.map(idOf)).size).to.equal(511);
  });

  it('comes through an exporter that always throws', async () => {
    const exporter = new BatchingSpanExporter(new FakeSpanExporter({ export: 'throw' }), { batch });
    handOver(exporter, makeSpans(100));
    await clock.tickAsync(1_000);
    expect(summary(exporter)).to.deep.include({ inFlight: 0, dropped: { rejected: 100 } });
  });

  it('goes on after an attempt that is never answered', async () => {
    const inner = new FakeSpanExporter();
    inner.behave('never');
    const exporter = new BatchingSpanExporter(inner, { retry, batch, timeoutMillis: 3_000 });
    handOver(exporter, makeSpans(5));
    await clock.tickAsync(3_500);
    expect(summary(exporter)).to.deep.include({ inFlight: 5, exported: 0 });
    await clock.tickAsync(1_000);
    expect(summary(exporter)).to.deep.include({ inFlight: 0, exported: 5 });
    expect(inner.batches).to.have.length(2);
  });

  it('does not grow beyond the bounds of the queue while the backend is down', async () => {
    const exporter = new BatchingSpanExporter(new FakeSpanExporter({ export: 'fail' }), {
      retry,
      queue: { maxSpans: 100 },
      batch: { ...batch, maxSpans: 10 },
      concurrencyLimit: 1,
    });
    for (let i = 0; i < 300; i++) {
      handOver(exporter, makeSpans(5));
      await clock.tickAsync(1_000);
      const { queued, inFlight } = exporter.stats();
      expect(queued).to.be.at.most(100);
      expect(inFlight).to.be.at.most(10);
      summary(exporter);
    }
    expect(exporter.stats().dropped.queue_full).to.be.greaterThan(1_000);
    expect(exporter.stats().dropped.retry_exhausted).to.be.greaterThan(10);
  });

  it('makes no attempt too many because a forceFlush was in a hurry while one was being made', async () => {
    const inner = new FakeSpanExporter();
    inner.behave('never', 'fail');
    const exporter = new BatchingSpanExporter(inner, {
      retry: { ...retry, maxElapsedTimeMillis: 0 },
      batch: { maxSpans: 1 },
      timeoutMillis: 1_000,
    });
    handOver(exporter, makeSpans(2));
    await clock.tickAsync(500);
    expect(summary(exporter)).to.deep.include({ inFlight: 1, dropped: { retry_exhausted: 1 } });
    void exporter.forceFlush().catch(() => undefined);
    await clock.tickAsync(5_000);
    expect(summary(exporter)).to.deep.include({ inFlight: 0, dropped: { retry_exhausted: 2 } });
    expect(inner.batches).to.have.length(2);
    await exporter.shutdown();
  });
});
