/** Nobody sets the SDK's limit on the length of values lower than this. */
const SHORTEST_CUT = 16;

/** The length for texts that are not cut. */
export const UNCUT: number = Number.POSITIVE_INFINITY;

/** The length at which the texts that are being scanned were cut; infinite if they were not, `undefined` if it is unknown. */
let cutLength: number | undefined;

/**
 * Runs `work` for texts that were cut at a length, which is the same for all texts of a span. The length is in a variable,
 * because an argument would have to be passed through everything in between; scanning is synchronous, so that suffices. A
 * rule's function may end a span of another provider meanwhile, with another length, so the variable is restored.
 *
 * @param given - the arguments of `work`, so that a span needs no closure
 */
export function withCutLength<Given extends unknown[], Result>(
  length: number | undefined,
  work: (...given: Given) => Result,
  ...given: Given
): Result {
  const before = cutLength;
  cutLength = length;
  try {
    return work(...given);
  } finally {
    cutLength = before;
  }
}

/** Whether the SDK may have cut the text at its end: then a part of a match that ends there is treated as the whole. */
export function mayBeCut(text: string): boolean {
  return cutLength === undefined ? text.length >= SHORTEST_CUT : text.length === cutLength;
}
