import type { HrTime, SpanContext, SpanKind } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';

/** What SDK 1.30 has in place of `parentSpanContext` and `instrumentationScope`. */
interface ReadableSpan1 {
  readonly parentSpanId?: string;
  readonly instrumentationLibrary?: ReadableSpan['instrumentationScope'];
}

/** What a view tells otherwise than its span does. */
export interface SpanChanges {
  readonly spanContext?: SpanContext | undefined;
  readonly parentSpanContext?: SpanContext | undefined;
  readonly name?: string | undefined;
  readonly status: ReadableSpan['status'];
  readonly attributes: ReadableSpan['attributes'];
  readonly events: ReadableSpan['events'];
  readonly links: ReadableSpan['links'];
  readonly resource?: ReadableSpan['resource'] | undefined;
  readonly instrumentationScope?: ReadableSpan['instrumentationScope'] | undefined;
  readonly droppedAttributesCount?: number;
  readonly droppedEventsCount?: number;
  readonly droppedLinksCount?: number;
}

/**
 * What a `ReadableSpan` of any SDK tells, with some parts changed, as plain fields, and nothing else: whatever more a
 * span of the SDK holds, such as its raw fields, an exporter can't reach through the view.
 */
export class SpanView implements ReadableSpan {
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

  constructor(span: ReadableSpan & ReadableSpan1, changes: SpanChanges) {
    const { instrumentationScope = span.instrumentationScope } = changes;
    const { parentSpanContext = span.parentSpanContext } = changes;
    this.#context = changes.spanContext ?? span.spanContext();
    this.name = changes.name ?? span.name;
    this.kind = span.kind;
    this.startTime = span.startTime;
    this.endTime = span.endTime;
    this.duration = span.duration;
    this.ended = span.ended;
    this.status = changes.status;
    this.attributes = changes.attributes;
    this.events = changes.events;
    this.links = changes.links;
    this.resource = changes.resource ?? span.resource;
    this.droppedAttributesCount = changes.droppedAttributesCount ?? span.droppedAttributesCount;
    this.droppedEventsCount = changes.droppedEventsCount ?? span.droppedEventsCount;
    this.droppedLinksCount = changes.droppedLinksCount ?? span.droppedLinksCount;
    // What the one line has and the other has not stays as absent as it is: exporters tell the lines apart by it.
    if ('instrumentationScope' in span) this.instrumentationScope = instrumentationScope;
    if ('parentSpanContext' in span && parentSpanContext) this.parentSpanContext = parentSpanContext;
    if ('parentSpanId' in span) this.parentSpanId = span.parentSpanId;
    if ('instrumentationLibrary' in span) this.instrumentationLibrary = span.instrumentationLibrary;
  }

  spanContext(): SpanContext {
    return this.#context;
  }
}
