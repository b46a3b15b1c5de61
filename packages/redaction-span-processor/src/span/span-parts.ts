import type { Attributes, Link, SpanContext, SpanStatus } from '@opentelemetry/api';
import type { ReadableSpan, TimedEvent } from '@opentelemetry/sdk-trace-base';
import type { Tally } from '../redact/redaction-run.js';

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

/** The parts that identify a span's trace and parent. */
export interface TracedSpan extends SpanParts {
  readonly parentSpanContext?: SpanContext | undefined;
  /** In place of `parentSpanContext`, on SDK 1.30. */
  readonly parentSpanId?: string | undefined;
  readonly spanContext?: () => SpanContext;
}

/** The parts without content, and what was done to them. Parts that had no content are the same objects. */
export interface Redaction extends SpanParts {
  readonly tally: Readonly<Tally>;
  /** Whether what stays still requires a closer look, so that looking at the span again takes as long as before. */
  readonly isStillFlagged: boolean;
}
