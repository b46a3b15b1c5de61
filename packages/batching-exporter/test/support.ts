import { recordingProvider, type SdkLine } from '@llm-otel/testing';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import { expect } from 'chai';
import { type SinonFakeTimers, useFakeTimers } from 'sinon';
import type { BatchingStats, DroppedSpans } from '../src/index.js';

/** Real, ended spans with ids of their own. */
export function makeSpans(count: number, content = '', sdk?: SdkLine): ReadableSpan[] {
  const { tracer, spans } = recordingProvider([], sdk ? { sdk } : {});
  for (let i = 0; i < count; i++) {
    const span = tracer.startSpan('chat gpt-4o');
    span.setAttribute('llm.model', 'gpt-4o');
    if (content !== '') span.setAttribute('llm.prompt', content);
    span.end();
  }
  return spans;
}

export function idOf(span: ReadableSpan): string {
  return span.spanContext().spanId;
}

/** Hands spans over one by one, as a `SimpleSpanProcessor` does. */
export function handOver(exporter: SpanExporter, spans: readonly ReadableSpan[]): void {
  for (const span of spans) exporter.export([span], () => undefined);
}

export function expectBalance(stats: BatchingStats): void {
  const { accepted, exported, queued, inFlight, dropped } = stats;
  const sum = Object.values(dropped).reduce((total, count) => total + count, 0);
  expect(exported + queued + inFlight + sum, JSON.stringify(stats)).to.equal(accepted);
  for (const count of [exported, queued, inFlight, ...Object.values(dropped)])
    expect(count, JSON.stringify(stats)).to.be.at.least(0);
}

/** The stats with only those reasons for which spans were dropped. */
export function summary(exporter: { stats(): BatchingStats }): object {
  const stats = exporter.stats();
  expectBalance(stats);
  const dropped = Object.entries(stats.dropped).filter(([, count]) => count > 0);
  return { ...stats, dropped: Object.fromEntries(dropped) as Partial<DroppedSpans> };
}

/** Timers and the clock that backoff looks at, but not what promises run on. */
export function fakeTimers(): SinonFakeTimers {
  return useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate', 'performance', 'Date'],
  });
}

/** What a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof Error) return error;
    throw new Error(`rejected with something else than an Error: ${error}`);
  }
  throw new Error('did not reject');
}
