import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';
import fc from 'fast-check';
import { Accounts } from '../../src/core/accounts.js';
import { Backlog } from '../../src/core/backlog.js';
import type { Sink } from '../../src/core/sink.js';
import type { Store } from '../../src/core/store.js';
import { resolveOptions } from '../../src/resolve-options.js';
import { makeSpans } from '../support.js';

const [prototype] = makeSpans(1);

/** A span that stands for a number, as does the item that is made of it, unless it can't be made. */
const spanOf = (number: number): ReadableSpan =>
  Object.create(prototype ?? null, { name: { value: `${number}` } });
const isRefused = (number: number) => number % 5 === 3;
const sink: Pick<Sink<number>, 'measure' | 'prepare'> = {
  measure: () => 10,
  prepare: (span) =>
    isRefused(Number(span.name)) ? { refused: 'invalid_span' } : { item: Number(span.name), bytes: 7 },
};

describe('Backlog', () => {
  for (const overflow of ['drop-newest', 'drop-oldest'] as const)
    it(`gives its items in order, each with its number, whatever is dropped before (${overflow})`, () => {
      fc.assert(
        fc.property(fc.array(fc.constantFrom('add', 'add', 'add', 'prepare', 'take')), (steps) => {
          const queue = { maxSpans: 6, maxBytes: 50, overflow };
          const options = resolveOptions('Example', { queue, batch: { maxSpans: 3, maxBytes: 30 } });
          const accounts = new Accounts('Example');
          const backlog = new Backlog(sink as Sink<number>, options, accounts);
          // The number that the backlog gives is that of the spans it took.
          const taken: number[] = [];
          let given = 0;
          for (const step of steps) {
            if (step === 'add') {
              const refusal = backlog.add(spanOf(taken.length));
              if (refusal === undefined) {
                accounts.queued();
                taken.push(given);
              } else accounts.refused(refusal);
              given++;
            } else if (step === 'prepare') backlog.prepareSlice();
            else {
              const batch = backlog.takeBatch();
              batch?.items.forEach((item, at) => {
                expect(item).to.equal(batch.first + at);
                expect(isRefused(item)).to.equal(false);
              });
              if (batch !== undefined) {
                expect(batch.items.length).to.be.within(1, 3);
                accounts.taken(batch.items.length);
              }
            }
            const { queued, accepted, inFlight, dropped } = accounts.stats();
            expect(queued).to.be.at.most(6);
            expect(queued + inFlight + dropped.queue_full + dropped.invalid_span).to.equal(accepted);
            expect(backlog.isEmpty).to.equal(queued === 0);
            expect(backlog.next).to.equal(taken.length);
          }
          backlog.dropAll('shutdown_timeout');
          expect(accounts.stats().queued).to.equal(0);
        }),
        { numRuns: 500 },
      );
    });

  for (const [bytes, expected] of [
    [10, 128],
    [100_000, 3],
  ] as const)
    it(`prepares a few spans at a time, fewer of large ones (${bytes} bytes each)`, () => {
      let prepared = 0;
      const counting: Pick<Sink<number>, 'measure' | 'prepare'> = {
        measure: () => bytes,
        prepare: () => ({ item: prepared++, bytes }),
      };
      const options = resolveOptions('Example', {});
      const backlog = new Backlog(counting as Sink<number>, options, new Accounts('Example'));
      for (let at = 0; at < 500; at++) backlog.add(spanOf(at));
      backlog.prepareSlice();
      expect(prepared).to.equal(expected);
    });

  it('keeps four batches prepared, and all that there is while nothing is being delivered', () => {
    // Of 7 bytes each; 128 are prepared at a time.
    const options = resolveOptions('Example', { batch: { maxBytes: (128 * 7) / 4 } });
    const backlog = new Backlog(sink as Sink<number>, options, new Accounts('Example'));
    const spans = Array.from({ length: 300 }, (_, at) => spanOf(at * 5));
    for (const span of spans) backlog.add(span);
    expect([backlog.needsPreparing(false), backlog.needsPreparing(true)]).to.deep.equal([true, true]);
    backlog.prepareSlice();
    expect([backlog.needsPreparing(false), backlog.needsPreparing(true)]).to.deep.equal([false, true]);
    backlog.takeBatch();
    expect(backlog.needsPreparing(false)).to.equal(true);
    backlog.prepareSlice();
    const needs = [1, 2, 3, 4].map(() => {
      backlog.takeBatch();
      return backlog.needsPreparing(false);
    });
    expect(needs).to.deep.equal([false, false, false, true]);
    backlog.prepareAll();
    expect(backlog.needsPreparing(true)).to.equal(false);
  });

  for (const [measured, expected] of [
    [[100], 'whole'],
    [[101, 100], 'without content'],
    [[101, 101], 'span_too_large'],
  ] as const)
    it(`takes a span of ${measured} of 100 bytes ${expected}`, () => {
      const sizes: number[] = [...measured];
      let prepared: ReadableSpan | undefined;
      const measuring: Pick<Sink<number>, 'measure' | 'prepare'> = {
        measure: () => sizes.shift() ?? 0,
        prepare: (span, bytes) => {
          prepared = span;
          return { item: 0, bytes };
        },
      };
      const options = resolveOptions('Example', { batch: { maxBytes: 100 } });
      const backlog = new Backlog(measuring as Sink<number>, options, new Accounts('Example'));
      const span = spanOf(0);
      const refusal = backlog.add(span);
      backlog.prepareAll();
      expect(refusal ?? (prepared === span ? 'whole' : 'without content')).to.equal(expected);
    });

  it('has no room for more from the store before it has taken in what came back', () => {
    const accounts = new Accounts('Example');
    const backlog = new Backlog(sink as Sink<number>, resolveOptions('Example', {}), accounts);
    accounts.recovered(2);
    expect(backlog.hasRoom).to.equal(true);
    backlog.add(spanOf(0));
    accounts.queued();
    const items = [1, 2].map((item) => ({ item, bytes: 7 }));
    backlog.restore(items);
    expect([backlog.hasRoom, accounts.inStore]).to.deep.equal([false, 2]);
    backlog.prepareAll();
    expect([backlog.hasRoom, accounts.inStore]).to.deep.equal([true, 0]);
    expect(backlog.takeBatch()).to.deep.equal({ first: 0, items: [0, 1, 2] });
    // Nothing is in front of these.
    accounts.recovered(2);
    backlog.restore(items);
    expect([backlog.hasRoom, accounts.inStore]).to.deep.equal([true, 0]);
    expect(backlog.takeBatch()).to.deep.equal({ first: 3, items: [1, 2] });
  });

  it('has room for more from the store while less than half of it is taken, in spans and in bytes', () => {
    for (const [bounds, half] of [
      [{ maxSpans: 6 }, 3],
      [{ maxBytes: 70 }, 4], // of 10 bytes each
    ] as const) {
      const options = resolveOptions('Example', { queue: bounds });
      const backlog = new Backlog(sink as Sink<number>, options, new Accounts('Example'));
      for (let at = 0; at < 6; at++) {
        expect(backlog.hasRoom, `${at} of ${JSON.stringify(bounds)}`).to.equal(at < half);
        backlog.add(spanOf(at));
      }
    }
  });

  for (const [bounds, expected] of [
    [{ maxSpans: 7 }, [0, 5, 10]],
    // Items take less than spans: 49, 59, 69, and then two have to go.
    [{ maxBytes: 70 }, [0, 5]],
  ] as const)
    it(`takes as much as fits (${Object.keys(bounds)}), and leaves the oldest to a store that has it`, () => {
      const parked: number[] = [];
      const store: Pick<Store<number>, 'prepared' | 'takeOver'> = {
        prepared: () => undefined,
        takeOver: (item) => parked.push(item) > 0,
      };
      const options = resolveOptions('Example', { queue: bounds, batch: { maxBytes: 20 } });
      const accounts = new Accounts('Example');
      const backlog = new Backlog(sink as Sink<number>, options, accounts, store as Store<number>);
      const refusals = (count: number) =>
        Array.from({ length: count }, (_, at) => backlog.add(spanOf(at * 5))).filter(Boolean);
      // It does not have them before they are prepared.
      expect(refusals(8)).to.deep.equal(['queue_full']);
      backlog.prepareAll();
      expect(refusals(3)).to.deep.equal([]);
      expect(parked).to.deep.equal(expected);
      expect(accounts.inStore).to.equal(expected.length);
      // All that a store has is left to it at the end.
      backlog.prepareAll();
      backlog.dropAll('shutdown_timeout');
      expect(parked).to.have.length(10);
      expect(backlog.isBatchDue(0)).to.equal(false);
      expect(accounts.stats().dropped.shutdown_timeout).to.equal(0);
    });

  it('tells the store of items that it drops, which would keep them for ever otherwise', () => {
    const stored = new Set<number>();
    const full: Pick<Store<number>, 'prepared' | 'settled' | 'takeOver'> = {
      prepared: (items) => items.forEach(({ item }) => void stored.add(item)),
      settled: (items) => items.forEach((item) => void stored.delete(item)),
      takeOver: () => false,
    };
    const queue = { maxSpans: 6, overflow: 'drop-oldest' } as const;
    const options = resolveOptions('Example', { queue });
    const accounts = new Accounts('Example');
    const backlog = new Backlog(sink as Sink<number>, options, accounts, full as Store<number>);
    for (let at = 0; at < 100; at++) {
      backlog.add(spanOf(at));
      accounts.queued();
      if (at % 3 === 0) backlog.prepareAll();
      expect(stored.size).to.be.at.most(6);
    }
    backlog.dropAll('shutdown_timeout');
    expect(stored.size).to.equal(0);
  });
});
