import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';

/** What a sink made of a span, and how many bytes it is to count for. */
export interface Sized<Item> {
  readonly item: Item;
  readonly bytes: number;
}

/**
 * Why a batch was not delivered: `retry` it later, `rejected` for good, or `split` it, because something about
 * the batch itself (its size, one of its items) made it fail.
 */
export interface SendFailure {
  readonly status: 'retry' | 'rejected' | 'split';
  /** For the log: short, and free of span content. */
  readonly problem: string;
  /** As it was reported; for the caller of `forceFlush` only, because it may quote content. */
  readonly error: unknown;
}

export type SendResult = { readonly status: 'delivered' } | SendFailure;

/** Where batches go: it turns spans into items of a known size and makes one attempt to send some of them. */
export interface Sink<Item> {
  /** Runs inside `span.end()`. If it throws, the span counts as invalid. */
  prepare(span: ReadableSpan): Sized<Item>;
  /** Makes one attempt, within a deadline of its own. Does not throw or reject. */
  send(items: readonly Item[]): Promise<SendResult>;
  /** May reject. */
  forceFlush(): Promise<void>;
  /** Does not throw or reject. */
  shutdown(): Promise<void>;
}
