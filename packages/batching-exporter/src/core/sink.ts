import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import type { DropReason } from './ledger.js';

/** An item, and how many bytes it counts for. */
export interface Sized<Item> {
  readonly item: Item;
  readonly bytes: number;
}

/**
 * Why a batch was not delivered: `retry` for a temporary failure, `rejected` for a permanent one, or `split` if
 * something about the batch itself (its size, one of its items) made it fail.
 */
export interface SendFailure {
  readonly status: 'retry' | 'rejected' | 'split';
  /** For the log: short, and free of span content. */
  readonly problem: string;
  /** The reported error; only for the caller of `forceFlush`, because it may quote content. */
  readonly error: unknown;
  /** The backend's `Retry-After`, in milliseconds. */
  readonly retryAfterMillis?: number;
}

export interface Delivered {
  readonly status: 'delivered';
  /** Partial success: number of items that were permanently refused. */
  readonly rejected?: { readonly count: number; readonly problem: string; readonly error: unknown };
}

export type SendResult = Delivered | SendFailure;

/** Why a sink can't create an item from a span. */
export interface Refusal {
  readonly refused: DropReason;
}

/** Where batches go: it turns spans into items of a known size and makes one attempt to send some of them. */
export interface Sink<Item> {
  /** Runs inside `span.end()`. @returns about how many bytes the item will take. If it throws, the span counts as invalid. */
  measure(span: ReadableSpan): number;
  /** Runs soon after, in the order of the spans, for some of them per turn of the event loop. Does not throw. */
  prepare(span: ReadableSpan, measured: number): Sized<Item> | Refusal;
  /** Makes one attempt, within its own deadline. Does not throw or reject. */
  send(items: readonly Item[]): Promise<SendResult>;
  /** May reject. */
  forceFlush(): Promise<void>;
  /** Does not throw or reject. */
  shutdown(): Promise<void>;
}
