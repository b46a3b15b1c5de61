import type { FakeSpanExporter } from '@llm-otel/testing';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';
import type { BatchingStats } from '../../src/index.js';
import { expectBalance, idOf } from '../support.js';

/** Knows of each span what became of it, from outside: from what was handed over, and what the wrapped exporter did. */
export class Witness implements SpanExporter {
  readonly ended = new Set<string>();
  readonly droppedFromQueue = new Set<string>();
  readonly rejected = new Set<string>();
  /** Delivered before shutdown gave up what was left, once for each time. */
  delivered: string[] = [];
  /** Handed to the wrapped exporter and not answered when shutdown gave up. */
  unanswered = new Set<string>();
  readonly #inner: FakeSpanExporter;
  readonly #stats: () => BatchingStats;
  readonly #unansweredBatches = new Set<readonly ReadableSpan[]>();
  /** Of the spans that the queue took and did not drop, the newest are in the queue. */
  readonly #taken: string[] = [];

  constructor(inner: FakeSpanExporter, stats: () => BatchingStats) {
    this.#inner = inner;
    this.#stats = stats;
  }

  /** Hands one span over. */
  handOver(span: ReadableSpan, exporter: SpanExporter, overflow: 'drop-newest' | 'drop-oldest'): void {
    const before = this.#stats();
    this.ended.add(idOf(span));
    this.#taken.push(idOf(span));
    exporter.export([span], () => undefined);
    const drops = this.#stats().dropped.queue_full - before.dropped.queue_full;
    const oldest = this.#taken.length - 1 - before.queued;
    const dropped =
      overflow === 'drop-newest'
        ? this.#taken.splice(this.#taken.length - drops)
        : this.#taken.splice(oldest, drops);
    for (const id of dropped) this.droppedFromQueue.add(id);
  }

  export(spans: ReadableSpan[], answer: Parameters<SpanExporter['export']>[1]): void {
    expectBalance(this.#stats());
    const batch = [...spans];
    this.#unansweredBatches.add(batch);
    const isAlone = batch.length === 1;
    try {
      this.#inner.export(spans, (result) => {
        this.#unansweredBatches.delete(batch);
        const code = result.error !== undefined && 'code' in result.error ? result.error.code : undefined;
        if (code === 400 || (code === 413 && isAlone))
          for (const span of batch) this.rejected.add(idOf(span));
        answer(result);
        expectBalance(this.#stats());
      });
    } catch (error) {
      this.#unansweredBatches.delete(batch);
      if (isAlone) for (const span of batch) this.rejected.add(idOf(span));
      throw error;
    }
  }

  /** Comes right after what was left was given up. */
  async shutdown(): Promise<void> {
    this.delivered = this.#inner.delivered.map(idOf);
    this.unanswered = new Set([...this.#unansweredBatches].flatMap((batch) => batch.map(idOf)));
    await this.#inner.shutdown();
  }

  /** Of what is in none of the accounts of this witness: given up by retries or by shutdown. */
  get givenUp(): string[] {
    const settled = new Set([...this.delivered, ...this.rejected, ...this.droppedFromQueue]);
    return [...this.ended].filter((id) => !settled.has(id));
  }

  /** Delivered when nobody waited for it any more. */
  get deliveredLate(): string[] {
    return this.#inner.delivered.slice(this.delivered.length).map(idOf);
  }

  /** No span may be in two of its accounts. */
  expectOneAccountEach(): void {
    const accounts = [...new Set(this.delivered), ...this.rejected, ...this.droppedFromQueue];
    expect(new Set(accounts).size).to.equal(accounts.length);
    for (const id of accounts) expect(this.ended.has(id)).to.equal(true);
  }
}
