import { type ExportBehaviour, FakeSpanExporter, recordDiag } from '@llm-otel/testing';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';
import type { SinonFakeTimers } from 'sinon';
import { BatchingSpanExporter } from '../../src/index.js';
import { expectBalance, fakeTimers, idOf, makeSpans } from '../support.js';

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
    it(`balances at every step and agrees with what arrived (${overflow})`, async () => {
      for (let seed = 1; seed <= RUNS; seed++) {
        const { exporter, delivered, ended } = await randomRun(seed, overflow, answeredInTime);
        const where = `seed ${seed}`;
        // What shutdown gave up while it was in flight may have arrived all the same.
        const { exported, dropped } = exporter.stats();
        expect(delivered.length, where).to.be.within(exported, exported + dropped.shutdown_timeout);
        expect(new Set(delivered).size, where).to.equal(delivered.length);
        expect(ended.size, where).to.equal(exporter.stats().accepted);
        for (const id of delivered) expect(ended.has(id), where).to.equal(true);
      }
    }).timeout(60_000);

    it(`balances at every step and counts no delivery that was none, with answers that come late (${overflow})`, async () => {
      for (let seed = 1; seed <= RUNS; seed++) {
        const { exporter, delivered } = await randomRun(seed, overflow, answeredWhenever);
        expect(new Set(delivered).size, `seed ${seed}`).to.be.at.least(exporter.stats().exported);
      }
    }).timeout(60_000);
  }

  async function randomRun(
    seed: number,
    overflow: 'drop-newest' | 'drop-oldest',
    behaviours: readonly ExportBehaviour[],
  ): Promise<{ exporter: BatchingSpanExporter; delivered: string[]; ended: Set<string> }> {
    const random = randomNumbers(seed);
    const below = (bound: number) => Math.floor(random() * bound);
    const inner = new FakeSpanExporter();
    // The balance is looked at from inside, too: while a batch is handed over and answered.
    const watched: SpanExporter = {
      export: (spans, answer) => {
        expectBalance(exporter.stats());
        inner.export(spans, (result) => {
          answer(result);
          expectBalance(exporter.stats());
        });
      },
      shutdown: () => inner.shutdown(),
    };
    const exporter = new BatchingSpanExporter(watched, {
      queue: { maxSpans: 60, maxBytes: 40_000, overflow },
      batch: { maxSpans: 16, maxBytes: 8_000, flushIntervalMillis: 100 },
      retry: { initialIntervalMillis: 20, maxElapsedTimeMillis: 400 },
      timeoutMillis: 1_000,
    });
    const ended = new Set<string>();
    const steps: (() => unknown)[] = [
      () => {
        const spans: ReadableSpan[] = makeSpans(1 + below(30), 'x'.repeat(below(1_500)));
        for (const span of spans) ended.add(idOf(span));
        exporter.export(spans, () => undefined);
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
    inner.release();
    await clock.tickAsync(5_000);
    expect(exporter.stats(), `seed ${seed}`).to.include({ queued: 0, inFlight: 0 });
    expectBalance(exporter.stats());
    return { exporter, delivered: inner.delivered.map(idOf), ended };
  }
});

/** mulberry32: the same numbers for the same seed. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
