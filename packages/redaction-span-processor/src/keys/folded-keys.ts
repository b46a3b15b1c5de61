import type { KeyTable } from './key-table.js';

/** Spaces and invisible characters: soft hyphens, joiners, direction marks. */
const INVISIBLE = /[\s\p{C}\p{Default_Ignorable_Code_Point}]+/gu;

/** An index such as `[0]`, which others write as `.0`. */
const BRACKETED_INDEX = /\[(\d+)\]/g;

/** A key in its normal form: upper case (`GEN_AI.Prompt`), full-width letters, invisible characters and `[0]` make no difference. */
export function foldKey(key: string): string {
  return key.normalize('NFKC').replace(INVISIBLE, '').replace(BRACKETED_INDEX, '.$1').toLowerCase();
}

/** The same keys, by their normal forms. */
export function foldKeyTable({ exact, prefixes }: KeyTable): KeyTable {
  const folded = new Map<string, number>();
  for (const [key, flags] of exact) folded.set(foldKey(key), (folded.get(foldKey(key)) ?? 0) | flags);
  return {
    exact: folded,
    prefixes: prefixes.map(([prefix, flags]) => [foldKey(prefix), flags] as const),
  };
}
