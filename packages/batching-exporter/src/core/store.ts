import type { DropReason } from './ledger.js';
import type { Sized } from './sink.js';

/** Keeps items that don't fit into memory, or would be lost with it. Only `takeOver` runs inside `span.end()`. No method may throw. */
export interface Store<Item> {
  /** Whether it will give parked items back; true until `stop`. */
  readonly givesBack: boolean;
  /** Whether it is reading items that it is about to give back. */
  readonly isReading: boolean;
  /** Called once, before any other method. */
  attach(owner: StoreOwner<Item>): void;
  /** These items were just created from spans and are queued in memory. */
  prepared(items: readonly Sized<Item>[]): void;
  /** These items were delivered or dropped and are no longer needed. */
  settled(items: readonly Item[]): void;
  /**
   * Asks the store to keep an item that memory is about to give up.
   *
   * @returns whether the store has the item, and will give it back or leave it to a later process
   */
  takeOver(item: Item, reason: DropReason): boolean;
  /** Writes what is not written yet, or no longer there, so that `takeOver` is possible. Does not reject. */
  write(): Promise<void>;
  /** Memory may have room for parked items. */
  refill(): void;
  /** Stops giving items back, and writes what is not written yet. Does not reject. */
  stop(): Promise<void>;
  /** Called after `stop`: what is in the store is left to a later process. Does not reject. */
  close(): Promise<void>;
}

/** The owner of a store, which receives items back from it. */
export interface StoreOwner<Item> {
  readonly hasRoom: boolean;
  /** Creates items from all spans now, however long it takes: the process is ending. */
  prepareAll(): void;
  /** Receives parked items back. */
  restore(items: readonly Sized<Item>[]): void;
  /** Receives items that an ended process left. */
  recover(items: readonly Sized<Item>[]): void;
  /** Parked items are lost. */
  lost(count: number, reason: DropReason): void;
  /** Items that an ended process left are lost. */
  lostUnseen(count: number, reason: DropReason): void;
}
