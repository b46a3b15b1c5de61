import type { Reporter } from '@llm-otel/common';
import type { HrTime, SpanContext, SpanKind } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import type { RedactionPolicy } from './policy.js';
import { redact } from './redact.js';
import type { Redaction } from './span-parts.js';

/** A problem to report, in the words that all parts of the package use. */
export const UNREADABLE_VALUE = 'a value could not be read, and was removed';

/** What SDK 1.30 has in place of `parentSpanContext` and `instrumentationScope`. */
interface ReadableSpan1 {
  readonly parentSpanId?: string;
  readonly instrumentationLibrary?: ReadableSpan['instrumentationScope'];
}

/**
 * Never throws, and does not change the span.
 *
 * @returns the span itself if it has no content, else a view of it; `undefined` if it can't be read
 */
export function redactedSpan(
  span: ReadableSpan,
  policy: RedactionPolicy,
  reporter: Reporter,
): ReadableSpan | undefined {
  try {
    const redaction = redact(span, policy);
    if (redaction === undefined) return span;
    if (redaction.tally.failed > 0) reporter.warnOnce(UNREADABLE_VALUE);
    policy.metrics?.record(redaction.tally, 'redacted');
    return new RedactedSpan(span, redaction);
  } catch (error) {
    reporter.errorOnce('a span could not be read, and was left out', error);
    return undefined;
  }
}

/**
 * What a `ReadableSpan` of any SDK tells, as plain fields, and nothing else: whatever more a span of the
 * SDK holds, such as its raw fields, an exporter can't reach through the view.
 */
class RedactedSpan implements ReadableSpan {
  readonly name: string;
  readonly kind: SpanKind;
  readonly startTime: HrTime;
  readonly endTime: HrTime;
  readonly duration: HrTime;
  readonly ended: boolean;
  readonly status: ReadableSpan['status'];
  readonly attributes: ReadableSpan['attributes'];
  readonly events: ReadableSpan['events'];
  readonly links: ReadableSpan['links'];
  readonly resource: ReadableSpan['resource'];
  readonly droppedAttributesCount: number;
  readonly droppedEventsCount: number;
  readonly droppedLinksCount: number;
  declare readonly instrumentationScope: ReadableSpan['instrumentationScope'];
  declare readonly parentSpanContext?: SpanContext;
  declare readonly parentSpanId?: string;
  declare readonly instrumentationLibrary?: ReadableSpan['instrumentationScope'];
  readonly #context: SpanContext;

  constructor(span: ReadableSpan & ReadableSpan1, redaction: Redaction) {
    this.#context = span.spanContext();
    this.name = redaction.name ?? span.name;
    this.kind = span.kind;
    this.startTime = span.startTime;
    this.endTime = span.endTime;
    this.duration = span.duration;
    this.ended = span.ended;
    this.status = redaction.status;
    this.attributes = redaction.attributes;
    this.events = redaction.events;
    this.links = redaction.links;
    this.resource = redaction.resource ?? span.resource;
    this.droppedAttributesCount = span.droppedAttributesCount;
    this.droppedEventsCount = span.droppedEventsCount;
    this.droppedLinksCount = span.droppedLinksCount;
    // What the one line has and the other has not stays as absent as it is: exporters tell the lines apart by it.
    if ('instrumentationScope' in span)
      this.instrumentationScope = redaction.instrumentationScope ?? span.instrumentationScope;
    if ('parentSpanContext' in span) this.parentSpanContext = span.parentSpanContext;
    if ('parentSpanId' in span) this.parentSpanId = span.parentSpanId;
    if ('instrumentationLibrary' in span) this.instrumentationLibrary = span.instrumentationLibrary;
  }

  spanContext(): SpanContext {
    return this.#context;
  }
}
