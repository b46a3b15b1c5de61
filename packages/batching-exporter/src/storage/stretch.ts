/** Items with consecutive numbers that lie together, in memory or in a file. */
export interface Stretch {
  /** The number of the first of them. */
  readonly first: number;
  /** The number after the last of them. */
  next: number;
  /** How many of them are neither delivered nor dropped. */
  outstanding: number;
}

/**
 * Counts items as settled in the stretches they belong to.
 *
 * @param stretches - in order of their numbers
 * @returns those of them that lost items by this
 */
export function settleIn<S extends Stretch>(stretches: readonly S[], first: number, count: number): S[] {
  const touched: S[] = [];
  for (let at = firstEndingAfter(stretches, first); at < stretches.length; at++) {
    const stretch = stretches[at];
    if (stretch === undefined || stretch.first >= first + count) break;
    stretch.outstanding -= Math.min(stretch.next, first + count) - Math.max(stretch.first, first);
    touched.push(stretch);
  }
  return touched;
}

function firstEndingAfter(stretches: readonly Stretch[], number: number): number {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((stretches[middle]?.next ?? 0) > number) high = middle;
    else low = middle + 1;
  }
  return low;
}
