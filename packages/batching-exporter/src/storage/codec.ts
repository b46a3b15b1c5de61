/** How items become bytes in a file, and items again. */
export interface Codec<Item> {
  /** Names the format; a process takes over only what was left in its own. */
  readonly kind: string;
  /** The bytes of some items, in parts to be written one after the other. Does not throw. */
  encode(items: readonly Item[]): readonly Uint8Array[];
  /** @throws if these are not the bytes of items */
  decode(bytes: Buffer): readonly Item[];
  /** How many bytes an item counts for. */
  sizeOf(item: Item): number;
}
