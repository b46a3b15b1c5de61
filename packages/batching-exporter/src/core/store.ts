import type { DropReason } from './ledger.js';
import type { Sized } from './sink.js';

/** Keeps items that memory can't keep, or might lose. None of its methods runs inside `span.end()`, or may throw. */
export interface Store<Item> {
  /** Whether it will give back what memory gave up: until `stop`. */
  readonly givesBack: boolean;
  /** Called once, before everything else. */
  attach(owner: StoreOwner<Item>): void;
  /** They were made of spans just now, and wait in memory. */
  prepared(items: readonly Sized<Item>[]): void;
  /** They were delivered or dropped: nobody needs them any more. */
  settled(items: readonly Item[]): void;
  /**
   * Memory would give it up.
   *
   * @returns whether the store has it, and will give it back or leave it to a later process
   */
  takeOver(item: Item, reason: DropReason): boolean;
  /** Writes now what is not written yet, so that `takeOver` is possible. Does not reject. */
  write(): Promise<void>;
  /** Memory may have room for some of what it gave up. */
  refill(): void;
  /** Nothing is given back from now on, and what is not written yet is written. Does not reject. */
  stop(): Promise<void>;
  /** After `stop`: what is in the store is for a later process. Does not reject. */
  close(): Promise<void>;
}

/** To whom a store gives back. */
export interface StoreOwner<Item> {
  readonly hasRoom: boolean;
  /** Makes items of all spans now, however long it takes: the process is ending. */
  prepareAll(): void;
  /** Takes back what it gave up. */
  restore(items: readonly Sized<Item>[]): void;
  /** Takes charge of what a process that ended left. */
  recover(items: readonly Sized<Item>[]): void;
  /** Hears that items it gave up are lost. */
  lost(count: number, reason: DropReason): void;
  /** Hears that what a process that ended left is lost. */
  lostUnseen(count: number, reason: DropReason): void;
}
