import { clearTimeout, setTimeout } from 'node:timers';
import { isThrownResult, Reporter, withTracingSuppressed } from '@llm-otel/common';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { Refusal, SendResult, Sink, Sized } from './core/sink.js';
import { type ExportCallback, SUCCESS } from './export-result.js';
import { whenAttributesAreKnown } from './resource-attributes.js';
import { sortFailure, thrown } from './sort-failure.js';
import { estimateSpanBytes } from './span-size.js';

const DELIVERED: SendResult = { status: 'delivered' };

/** Sends batches through a `SpanExporter`, which it does not trust to behave. */
export class ExporterSink implements Sink<ReadableSpan> {
  readonly #exporter: SpanExporter;
  readonly #timeoutMillis: number;
  readonly #reporter: Reporter;
  /** Batches whose delivery was confirmed after the deadline: sending them again would double them. */
  readonly #deliveredLate = new WeakSet<readonly ReadableSpan[]>();

  constructor(owner: string, exporter: SpanExporter, timeoutMillis: number) {
    this.#exporter = exporter;
    this.#timeoutMillis = timeoutMillis;
    this.#reporter = new Reporter(owner);
  }

  measure(span: ReadableSpan): number {
    return estimateSpanBytes(span);
  }

  prepare(span: ReadableSpan, measured: number): Sized<ReadableSpan> | Refusal {
    return hasOrigin(span) ? { item: span, bytes: measured } : { refused: 'invalid_span' };
  }

  send(spans: readonly ReadableSpan[]): Promise<SendResult> {
    if (this.#deliveredLate.has(spans)) return Promise.resolve(DELIVERED);
    return new Promise((resolve) => {
      // The batch may have arrived by an attempt before this one.
      const settle = (result: SendResult) => resolve(this.#deliveredLate.has(spans) ? DELIVERED : result);
      let overdue = false;
      const timer = setTimeout(() => {
        overdue = true;
        const problem = `no answer within ${this.#timeoutMillis} ms`;
        settle({ status: 'retry', problem, error: new Error(problem) });
      }, this.#timeoutMillis);
      timer.unref();
      let answers = 0;
      const answer = (result: SendResult) => {
        clearTimeout(timer);
        if (++answers > 1)
          this.#reporter.warnOnce(
            'the wrapped exporter called back more than once for one export; only the first answer counts',
          );
        else if (overdue && result.status === 'delivered') this.#deliveredLate.add(spans);
        settle(result);
      };
      const hand = () => {
        if (!overdue) this.#export(spans, answer);
      };
      void whenResourcesAreKnown(spans).then(hand);
    });
  }

  async forceFlush(): Promise<void> {
    await withTracingSuppressed(() => this.#exporter.forceFlush?.());
  }

  async shutdown(): Promise<void> {
    try {
      await withTracingSuppressed(() => this.#exporter.shutdown());
    } catch (error) {
      this.#reporter.errorOnce('shutdown() of the wrapped exporter failed', error);
    }
  }

  #export(spans: readonly ReadableSpan[], answer: (result: SendResult) => void): void {
    try {
      const returned: unknown = withTracingSuppressed(() =>
        // A copy each time: an exporter may empty the array it is given.
        this.#exporter.export([...spans], (result) => answer(sortResult(result))),
      );
      // The interface has it return nothing, but an `async export()` compiles, and its rejection must not
      // become the application's.
      if (returned instanceof Promise) returned.catch((error: unknown) => answer(thrown(error)));
    } catch (error) {
      answer(thrown(error));
    }
  }
}

/** An exporter that checks nothing may answer nothing. */
function sortResult(result: Parameters<ExportCallback>[0] | undefined): SendResult {
  if (result?.code === SUCCESS) return DELIVERED;
  return isThrownResult(result) ? thrown(result?.error) : sortFailure(result?.error);
}

/** Whether what was not measured is there, without which a span can neither be exported nor stored. */
function hasOrigin(span: ReadableSpan): boolean {
  try {
    const contexts = [span.spanContext(), ...span.links.map(({ context }) => context)];
    return contexts.every(({ spanId }) => typeof spanId === 'string') && typeof span.resource === 'object';
  } catch {
    return false;
  }
}

async function whenResourcesAreKnown(spans: readonly ReadableSpan[]): Promise<void> {
  const resources = new Set(spans.map(({ resource }) => resource));
  await Promise.all([...resources].map(whenAttributesAreKnown));
}
