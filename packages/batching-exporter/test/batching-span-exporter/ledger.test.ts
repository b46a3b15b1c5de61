import { type ExportBehaviour, FakeSpanExporter, recordDiag } from '@llm-otel/testing';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';
import type { SinonFakeTimers } from 'sinon';
import { BatchingSpanExporter, type BatchingStats } from '../../src/index.js';
import { randomNumbers } from '../random-numbers.js';
import { expectBalance, fakeTimers, makeSpans } from '../support.js';
import { Witness } from './witness.js';

const RUNS = 60;
const STEPS = 60;
const code = (code: number) => ({ error: Object.assign(new Error(), { code }) });

const answeredInTime: readonly ExportBehaviour[] = [
  'succeed',
  'succeed',
  'twice',
  'fail',
  'never',
  'throw',
  { delayMillis: 40 },
  { delayMillis: 900 },
  code(400),
  code(413),
  code(503),
];
const answeredWhenever: readonly ExportBehaviour[] = [
  ...answeredInTime,
  'hold',
  'hold',
  { delayMillis: 2_000 },
];

describe('the ledger, under random faults', () => {
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

  for (const overflow of ['drop-newest', 'drop-oldest'] as const) {
    it(`has every span in the account where it belongs, at every step (${overflow})`, async () => {
      const seen = new Set<string>();
      for (let seed = 1; seed <= RUNS; seed++) {
        const { stats, witness } = await randomRun(seed, overflow, answeredInTime);
        const { exported, dropped } = stats;
        const { queue_full, rejected, retry_exhausted, shutdown_timeout, ...otherwise } = dropped;
        witness.expectOneAccountEach();
        expect(
          {
            accepted: stats.accepted,
            exported,
            rejected,
            queue_full,
            givenUp: retry_exhausted + shutdown_timeout,
            otherwise: Object.values(otherwise).filter((count) => count > 0),
          },
          `seed ${seed}`,
        ).to.deep.equal({
          accepted: witness.ended.size,
          exported: witness.delivered.length,
          rejected: witness.rejected.size,
          queue_full: witness.droppedFromQueue.size,
          givenUp: witness.givenUp.length,
          otherwise: [],
        });
        // What was on its way when shutdown gave up may arrive all the same, and nothing else.
        const givenUp = new Set(witness.givenUp);
        for (const id of witness.deliveredLate)
          expect([givenUp.has(id), witness.unanswered.has(id)], `seed ${seed}`).to.deep.equal([true, true]);
        expect(witness.deliveredLate.length, `seed ${seed}`).to.be.at.most(shutdown_timeout);
        for (const [account, count] of Object.entries({ ...dropped, exported }))
          if (count > 0) seen.add(account);
        if (witness.deliveredLate.length > 0) seen.add('late');
      }
      // Without these the test would not say much.
      expect([...seen]).to.include.members([
        'exported',
        'queue_full',
        'rejected',
        'retry_exhausted',
        'shutdown_timeout',
        'late',
      ]);
    }).timeout(60_000);

    it(`counts no delivery that was none, and none twice, with answers that come late (${overflow})`, async () => {
      for (let seed = 1; seed <= RUNS; seed++) {
        const { stats, witness } = await randomRun(seed, overflow, answeredWhenever);
        const { exported, dropped } = stats;
        // A batch may have been given up before its delivery was confirmed.
        const delivered = new Set(witness.delivered).size;
        const given = dropped.retry_exhausted + dropped.shutdown_timeout + dropped.rejected;
        expect(delivered, `seed ${seed}`).to.be.within(exported, exported + given);
        expect(dropped.queue_full, `seed ${seed}`).to.equal(witness.droppedFromQueue.size);
        for (const id of [...witness.delivered, ...witness.deliveredLate])
          expect([witness.ended.has(id), witness.droppedFromQueue.has(id)]).to.deep.equal([true, false]);
      }
    }).timeout(60_000);
  }

  async function randomRun(
    seed: number,
    overflow: 'drop-newest' | 'drop-oldest',
    behaviours: readonly ExportBehaviour[],
  ): Promise<{ stats: BatchingStats; witness: Witness }> {
    const random = randomNumbers(seed);
    const below = (bound: number) => Math.floor(random() * bound);
    const inner = new FakeSpanExporter();
    const witness = new Witness(inner, () => exporter.stats());
    const exporter = new BatchingSpanExporter(witness, {
      queue: { maxSpans: 60, maxBytes: 40_000, overflow },
      batch: { maxSpans: 16, maxBytes: 8_000, flushIntervalMillis: 100 },
      retry: { initialIntervalMillis: 20, maxElapsedTimeMillis: 400 },
      concurrencyLimit: 1 + below(3),
      timeoutMillis: 1_000,
    });
    const steps: (() => unknown)[] = [
      () => {
        const spans: ReadableSpan[] = makeSpans(1 + below(30), 'x'.repeat(below(1_500)));
        for (const span of spans) witness.handOver(span, exporter, overflow);
      },
      () =>
        inner.behave(
          ...Array.from({ length: 1 + below(3) }, () => behaviours[below(behaviours.length)] ?? 'fail'),
        ),
      () => clock.tickAsync(below(300)),
      () => clock.tickAsync(0),
      () => inner.release(),
      () => void exporter.forceFlush().catch(() => undefined),
    ];
    for (let step = 0; step < STEPS; step++) {
      await steps[below(steps.length)]?.();
      expectBalance(exporter.stats());
    }
    const shutdown = exporter.shutdown();
    for (let tick = 0; tick < 30; tick++) {
      await clock.tickAsync(100);
      expectBalance(exporter.stats());
    }
    await shutdown;
    const stats = exporter.stats();
    inner.release();
    await clock.tickAsync(5_000);
    expect(exporter.stats(), `seed ${seed}`).to.deep.equal(stats);
    expect(stats, `seed ${seed}`).to.include({ queued: 0, inFlight: 0 });
    return { stats, witness };
  }
});
