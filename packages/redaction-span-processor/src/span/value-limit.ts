import type { LimitedSpan } from '@llm-otel/common';
import { UNCUT } from '../patterns/cut-length.js';

/** The length at which the SDK cuts the span's values; infinite if it does not, `undefined` for a span of something else. */
export function valueLimitOf(span: object): number | undefined {
  try {
    const limits = (span as LimitedSpan)._spanLimits;
    if (typeof limits !== 'object' || limits === null) return undefined;
    return limits.attributeValueLengthLimit || UNCUT;
  } catch {
    return undefined;
  }
}
