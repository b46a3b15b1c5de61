import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ExportBehaviour, FakeSpanExporter, recordDiag } from '@llm-otel/testing';
import { expect } from 'chai';
import { type SinonFakeTimers, useFakeTimers } from 'sinon';
import { BatchingSpanExporter, type BatchingStats } from '../../src/index.js';
import { randomNumbers } from '../random-numbers.js';
import { expectBalance, handOver, idOf, makeSpans } from '../support.js';
import { type DiskFault, FaultyDisk } from './faulty-disk.js';

const RUNS = 10;
const MAX_RUNS = 60;
const PROCESSES = 3;
const STEPS = 40;

const error = (code: number) => ({ error: Object.assign(new Error(), { code }) });
const behaviours: readonly ExportBehaviour[] = [
  'succeed',
  'twice',
  'fail',
  'fail',
  'never',
  'throw',
  'hold',
  { delayMillis: 40 },
  { delayMillis: 900 },
  error(400),
  error(413),
  error(503),
];
const faults: readonly (DiskFault | undefined)[] = [
  undefined,
  undefined,
  'full',
  'short',
  'no descriptors',
  'unmovable',
  'unclaimable',
];

/** Sockets and the closing of files are none of the disk's. */
const realTimeout = setTimeout;

const sumOf = (counts: object): number =>
  Object.values(counts).reduce((sum: number, count: number) => sum + count, 0);

describe('the ledger of processes with storage, under random faults of backend and disk', () => {
  let clock: SinonFakeTimers;
  let diagnostics: ReturnType<typeof recordDiag>;
  let root: string;
  let disk: FaultyDisk;
  beforeEach(async () => {
    root = mkdtempSync(join(tmpdir(), 'llm-otel-ledger-'));
    disk = await FaultyDisk.install(join(root, 'any'));
    // Not setImmediate: the disk is real, and answers when it does.
    clock = useFakeTimers({
      toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'],
    });
    diagnostics = recordDiag();
  });
  afterEach(() => {
    clock.restore();
    diagnostics.stop();
    disk.remove();
    rmSync(root, { recursive: true, force: true });
  });

  for (const removesFiles of [false, true])
    it(`has every span delivered, counted as dropped, or on disk${removesFiles ? ', when files vanish too' : ''}`, async () => {
      // Without these the test would not say much. The disk is real, so when they come is not the same each time.
      const wanted = new Set(['queue_full', 'rejected', 'storage_full']);
      if (removesFiles) wanted.add('storage_damaged');
      for (let seed = 1; seed <= RUNS || (wanted.size > 0 && seed <= MAX_RUNS); seed++) {
        const { missing, dropped, stats } = await randomRun(seed, removesFiles);
        expect(missing, `seed ${seed}`).to.be.at.most(dropped);
        for (const each of stats)
          for (const [reason, count] of Object.entries(each.dropped)) if (count > 0) wanted.delete(reason);
      }
      expect([...wanted]).to.deep.equal([]);
    }).timeout(120_000);

  /** Several processes, one after the other, and at last one that delivers all that there is. */
  async function randomRun(
    seed: number,
    removesFiles: boolean,
  ): Promise<{ missing: number; dropped: number; stats: BatchingStats[] }> {
    const random = randomNumbers(seed);
    const below = (bound: number) => Math.floor(random() * bound);
    const ended = new Set<string>();
    const delivered = new Set<string>();
    const all: BatchingStats[] = [];
    // Too long for a socket in every other run: then it is reached through a handle.
    const parent = join(root, `${seed}${'-'.repeat((seed % 2) * 100)}`);
    mkdirSync(parent);
    let directory = join(parent, '0');
    for (let process = 0; process <= PROCESSES; process++) {
      const isSmall = below(2) === 0;
      const inner = new FakeSpanExporter();
      const exporter = new BatchingSpanExporter(inner, {
        queue: { maxSpans: 60, maxBytes: 40_000, overflow: below(2) ? 'drop-newest' : 'drop-oldest' },
        batch: { maxSpans: 16, maxBytes: 8_000, flushIntervalMillis: 100 },
        retry: { initialIntervalMillis: 20, maxIntervalMillis: 500 },
        concurrencyLimit: 1 + below(3),
        timeoutMillis: 1_000,
        storage: { directory, maxBytes: isSmall ? 60_000 : 4_000_000 },
      });
      const where = `seed ${seed}, process ${process}`;
      const steps: (() => unknown)[] = [
        () => {
          const spans = makeSpans(1 + below(30), 'x'.repeat(below(1_500)));
          for (const span of spans) ended.add(idOf(span));
          handOver(exporter, spans);
        },
        () =>
          inner.behave(
            ...Array.from({ length: 1 + below(3) }, () => behaviours[below(behaviours.length)] ?? 'fail'),
          ),
        () => inner.behaveAlways(below(2) ? 'fail' : 'succeed'),
        () => clock.tickAsync(below(300)),
        () => clock.tickAsync(10),
        () => disk.idle(),
        () => inner.release(),
        () => {
          disk.fault = faults[below(faults.length)];
        },
        () => void exporter.forceFlush().catch(() => undefined),
        () => {
          if (removesFiles && process === 0 && below(3) === 0) removeSome(directory, below);
        },
      ];
      if (process < PROCESSES)
        for (let step = 0; step < STEPS; step++) {
          await steps[below(steps.length)]?.();
          expectBalance(exporter.stats());
        }
      else inner.behaveAlways('succeed');
      disk.fault = undefined;
      for (let second = 0; second < 5; second++) {
        await clock.tickAsync(1_000);
        await disk.idle();
        await new Promise((resolve) => realTimeout(resolve, 5));
        expectBalance(exporter.stats());
      }
      if (process === PROCESSES)
        // It looks for what others left once a minute.
        for (let minute = 0; minute < 5 && spanFiles(directory).length > 0; minute++) {
          await clock.tickAsync(60_000);
          await disk.idle();
          await new Promise((resolve) => realTimeout(resolve, 20));
        }
      const next = join(parent, `${process + 1}`);
      const atCrash = exporter.stats();
      // What was removed from the disk, by whomever, is lost with a process that is killed, and nobody can count it.
      const isAllOnDisk = !isSmall && !(removesFiles && process === 0);
      const endsByCrash = process < PROCESSES && isAllOnDisk && below(2) === 0;
      if (endsByCrash) {
        // What a process has on disk when it is killed.
        execFileSync('cp', ['-a', directory, next]);
        for (const span of inner.delivered) delivered.add(idOf(span));
      }
      await done(exporter.shutdown());
      expectBalance(exporter.stats());
      expect(exporter.stats(), where).to.include({ inFlight: 0 });
      all.push(endsByCrash ? atCrash : exporter.stats());
      inner.release();
      await clock.tickAsync(5_000);
      await disk.idle();
      // A shutdown whose time is over does not wait for its last file.
      for (let tick = 0; tick < 100 && disk.openPaths.length > 0; tick++) {
        await clock.tickAsync(10);
        await disk.idle();
      }
      expect(disk.openPaths, where).to.deep.equal([]);
      if (endsByCrash) directory = next;
      else for (const span of inner.delivered) delivered.add(idOf(span));
      if (process === PROCESSES) expect(exporter.stats(), where).to.include({ queued: 0 });
    }
    for (const id of delivered) expect(ended.has(id)).to.equal(true);
    return {
      missing: [...ended].filter((id) => !delivered.has(id)).length,
      dropped: all.reduce((sum, { dropped }) => sum + sumOf(dropped), 0),
      stats: all,
    };
  }

  async function done(promise: Promise<unknown>): Promise<void> {
    let isDone = false;
    void promise.then(
      () => {
        isDone = true;
      },
      () => {
        isDone = true;
      },
    );
    while (!isDone) {
      await disk.idle();
      if (!isDone) await clock.tickAsync(10);
    }
  }
});

function spanFiles(directory: string): string[] {
  return readdirSync(directory, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.spans'),
  );
}

/** Somebody cleans up, without knowing what it is. */
function removeSome(directory: string, below: (bound: number) => number): void {
  const files = spanFiles(directory);
  const file = files[below(files.length)];
  if (file !== undefined) rmSync(join(directory, file), { force: true });
}
