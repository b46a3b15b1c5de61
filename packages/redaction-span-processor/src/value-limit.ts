/** The limits of a span, which every SDK from 1.30 to 3.1 keeps with it, although they are not in the types. */
interface Limited {
  readonly _spanLimits?: { readonly attributeValueLengthLimit?: number } | undefined;
}

/** The length at which the SDK cuts the span's values; infinite if it does not, `undefined` for a span of something else. */
export function valueLimitOf(span: object): number | undefined {
  try {
    const limits = (span as Limited)._spanLimits;
    if (typeof limits !== 'object' || limits === null) return undefined;
    return limits.attributeValueLengthLimit || Number.POSITIVE_INFINITY;
  } catch {
    return undefined;
  }
}
