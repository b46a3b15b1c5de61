import type { DropReason } from './ledger.js';

/** Keeps items that memory can't keep, or might lose. None of its methods runs inside `span.end()`, or may throw. */
export interface Store<Item> {
  /** They were made of spans just now, and wait in memory. */
  prepared(items: readonly Item[]): void;
  /** They were delivered or refused for good: nobody needs them any more. */
  settled(items: readonly Item[]): void;
  /**
   * Memory gives them up.
   *
   * @returns whether the store keeps them, and will see to their delivery; else they are dropped
   */
  takeOver(items: readonly Item[], reason: DropReason): boolean;
}
