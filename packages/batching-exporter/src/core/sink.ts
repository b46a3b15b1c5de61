import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import type { DropReason } from './ledger.js';

/** An item, and how many bytes it counts for. */
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
  /** For how long the backend asks not to be asked again. */
  readonly retryAfterMillis?: number;
}

export interface Delivered {
  readonly status: 'delivered';
  /** A partial success: that many of the items were refused for good. */
  readonly rejected?: { readonly count: number; readonly problem: string; readonly error: unknown };
}

export type SendResult = Delivered | SendFailure;

/** Why a sink can make no item of a span. */
export interface Refusal {
  readonly refused: DropReason;
}

/** Where batches go: it turns spans into items of a known size and makes one attempt to send some of them. */
export interface Sink<Item> {
  /** Runs inside `span.end()`: about how many bytes the item will take. If it throws, the span counts as invalid. */
  measure(span: ReadableSpan): number;
  /** Runs soon after, in the order of the spans, some of them a turn. Does not throw. */
  prepare(span: ReadableSpan, measured: number): Sized<Item> | Refusal;
  /** Makes one attempt, within a deadline of its own. Does not throw or reject. */
  send(items: readonly Item[]): Promise<SendResult>;
  /** May reject. */
  forceFlush(): Promise<void>;
  /** Does not throw or reject. */
  shutdown(): Promise<void>;
}
