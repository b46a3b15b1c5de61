import type { LimitedSpan } from '@llm-otel/common';
import { UNCUT } from '../patterns/cut-length.js';

/** A log record's limits, which every SDK keeps with it as it does a span's. */
export interface LimitedLogRecord {
  readonly _logRecordLimits?: LimitedSpan['_spanLimits'];
}

/**
 * The length at which the SDK cuts the values of a span or a log record; infinite if it does not, `undefined` for one of
 * something else.
 */
export function valueLimitOf(owner: object): number | undefined {
  try {
    const { _spanLimits, _logRecordLimits }: LimitedSpan & LimitedLogRecord = owner;
    const limits = _spanLimits ?? _logRecordLimits;
    if (typeof limits !== 'object' || limits === null) return undefined;
    return limits.attributeValueLengthLimit || UNCUT;
  } catch {
    return undefined;
  }
}
