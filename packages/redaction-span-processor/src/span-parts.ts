import type { Attributes, Link, SpanContext, SpanStatus } from '@opentelemetry/api';
import type { ReadableSpan, TimedEvent } from '@opentelemetry/sdk-trace-base';
import type { Tally } from './redaction-run.js';

/** The parts of a span that can carry content. */
export interface SpanParts {
  readonly attributes: Attributes;
  readonly events: TimedEvent[];
  readonly links: Link[];
  readonly status: SpanStatus;
  readonly name?: string | undefined;
  readonly resource?: ReadableSpan['resource'] | undefined;
  readonly instrumentationScope?: ReadableSpan['instrumentationScope'] | undefined;
}

/** What tells which trace a span is of. */
export interface TracedSpan extends SpanParts {
  readonly parentSpanContext?: SpanContext | undefined;
  /** In place of `parentSpanContext`, on SDK 1.30. */
  readonly parentSpanId?: string | undefined;
  readonly spanContext?: () => SpanContext;
}

/** The same parts without content, those that had none being the same objects, and what was done to them. */
export interface Redaction extends SpanParts {
  readonly tally: Readonly<Tally>;
  /** What stays calls for a closer look by itself, so that to look at the span again costs as much as it did. */
  readonly isStillFlagged: boolean;
}
