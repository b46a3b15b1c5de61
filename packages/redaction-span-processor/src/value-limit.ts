/** The limits of a span, which the SDK keeps with it in all lines from 1.30 to 3.1, though no type tells. */
interface Limited {
  readonly _spanLimits?: { readonly attributeValueLengthLimit?: number } | undefined;
}

/** At which length the SDK cut the span's values; infinite where it did not, `undefined` for a span of something else. */
export function valueLimitOf(span: object): number | undefined {
  try {
    const limits = (span as Limited)._spanLimits;
    if (typeof limits !== 'object' || limits === null) return undefined;
    return limits.attributeValueLengthLimit || Number.POSITIVE_INFINITY;
  } catch {
    return undefined;
  }
}
