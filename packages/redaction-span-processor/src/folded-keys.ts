import type { KeyTable } from './key-table.js';

/** Spaces, and what takes no room: soft hyphens, joiners, marks of direction. */
const INVISIBLE = /[\s\p{C}\p{Default_Ignorable_Code_Point}]+/gu;

/** As some write `.0`. */
const BRACKETED_INDEX = /\[(\d+)\]/g;

/** A key in its plainest spelling: `GEN_AI.Prompt`, full-width letters, hidden characters and `[0]` make no difference. */
export function foldKey(key: string): string {
  return key.normalize('NFKC').replace(INVISIBLE, '').replace(BRACKETED_INDEX, '.$1').toLowerCase();
}

/** The same keys, by their folded names. */
export function foldKeyTable({ exact, prefixes }: KeyTable): KeyTable {
  const folded = new Map<string, number>();
  for (const [key, flags] of exact) folded.set(foldKey(key), (folded.get(foldKey(key)) ?? 0) | flags);
  return {
    exact: folded,
    prefixes: prefixes.map(([prefix, flags]) => [foldKey(prefix), flags] as const),
  };
}
