import { setTimeout as sleep } from 'node:timers/promises';
import { FakeSpanExporter } from '@llm-otel/testing';
import { expect } from 'chai';
import type { SinonFakeTimers } from 'sinon';
import { BatchingSpanExporter } from '../../src/index.js';
import { fakeTimers, handOver, makeSpans, summary } from '../support.js';

/** An application's tests often share one tracer provider, and some of them fake timers. */
describe('BatchingSpanExporter in a test with fake timers', () => {
  let clock: SinonFakeTimers;
  let exporter: BatchingSpanExporter;
  beforeEach(() => {
    exporter = new BatchingSpanExporter(new FakeSpanExporter(), { batch: { flushIntervalMillis: 20 } });
    clock = fakeTimers();
  });
  afterEach(() => clock.restore());

  it('flushes a batch although no timer fires', async () => {
    handOver(exporter, makeSpans(3));
    await exporter.forceFlush();
    expect(summary(exporter)).to.deep.include({ exported: 3, queued: 0 });
  });

  it('flushes after the timers are real again what it was given before', async () => {
    handOver(exporter, makeSpans(1_200));
    clock.restore();
    await exporter.forceFlush();
    expect(summary(exporter)).to.deep.include({ exported: 1_200, queued: 0 });
  });

  it('sends by itself after the timers are real again', async () => {
    handOver(exporter, makeSpans(1));
    await clock.tickAsync(1);
    clock.restore();
    handOver(exporter, makeSpans(1));
    while (exporter.stats().exported < 2) await sleep(5);
    expect(summary(exporter)).to.deep.include({ exported: 2, queued: 0 });
  });

  it('shuts down after the timers are real again', async () => {
    handOver(exporter, makeSpans(3));
    clock.restore();
    await exporter.shutdown();
    expect(summary(exporter)).to.deep.include({ exported: 3, queued: 0 });
  });
});
