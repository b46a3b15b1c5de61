import type { Attributes, HrTime, SpanContext, SpanKind, SpanStatus } from '@opentelemetry/api';

/** As the SDK's; 1.30 has it under another name. */
export interface SpanScope {
  readonly name: string;
  readonly version?: string;
  readonly schemaUrl?: string;
}

/**
 * What a view needs of a `ReadableSpan`. The SDK's own types are not imported: they differ from line to line, and
 * not every package that uses this one has the SDK beside it.
 */
export interface ViewableSpan {
  readonly name: string;
  readonly kind: SpanKind;
  readonly startTime: HrTime;
  readonly endTime: HrTime;
  readonly duration: HrTime;
  readonly ended: boolean;
  readonly status: SpanStatus;
  readonly attributes: Attributes;
  readonly events: readonly object[];
  readonly links: readonly object[];
  readonly resource: object;
  readonly droppedAttributesCount: number;
  readonly droppedEventsCount: number;
  readonly droppedLinksCount: number;
  spanContext(): SpanContext;
}

/** What some lines of the SDK have and others have not: 1.30 the first two, all later ones the next two. Of the last no type tells. */
interface PartsByLine {
  readonly parentSpanId?: string;
  readonly instrumentationLibrary?: SpanScope;
  readonly parentSpanContext?: SpanContext | undefined;
  readonly instrumentationScope?: SpanScope;
  readonly _spanLimits?: object | undefined;
}

/** What a view tells otherwise than its span does. */
export interface SpanChanges<Span extends ViewableSpan> {
  readonly spanContext?: SpanContext | undefined;
  readonly parentSpanContext?: SpanContext | undefined;
  readonly name?: string | undefined;
  readonly status: Span['status'];
  readonly attributes: Span['attributes'];
  readonly events: Span['events'];
  readonly links: Span['links'];
  readonly resource?: Span['resource'] | undefined;
  readonly instrumentationScope?: SpanScope | undefined;
  readonly droppedAttributesCount?: number;
  readonly droppedEventsCount?: number;
  readonly droppedLinksCount?: number;
}

/**
 * What a `ReadableSpan` of any SDK tells, with some parts changed, as plain fields, and nothing else: whatever more a
 * span of the SDK holds, such as its raw fields, an exporter can't reach through the view.
 */
export class SpanView<Span extends ViewableSpan> {
  readonly name: string;
  readonly kind: SpanKind;
  readonly startTime: HrTime;
  readonly endTime: HrTime;
  readonly duration: HrTime;
  readonly ended: boolean;
  readonly status: Span['status'];
  readonly attributes: Span['attributes'];
  readonly events: Span['events'];
  readonly links: Span['links'];
  readonly resource: Span['resource'];
  readonly droppedAttributesCount: number;
  readonly droppedEventsCount: number;
  readonly droppedLinksCount: number;
  declare readonly instrumentationScope: SpanScope;
  declare readonly parentSpanContext?: SpanContext;
  declare readonly parentSpanId?: string;
  declare readonly instrumentationLibrary?: SpanScope;
  readonly #context: SpanContext;
  readonly #limits: object | undefined;

  constructor(span: Span & PartsByLine, changes: SpanChanges<Span>) {
    const { instrumentationScope = span.instrumentationScope } = changes;
    const { parentSpanContext = span.parentSpanContext } = changes;
    this.#context = changes.spanContext ?? span.spanContext();
    this.#limits = span._spanLimits;
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
    if ('instrumentationScope' in span && instrumentationScope)
      this.instrumentationScope = instrumentationScope;
    if ('parentSpanContext' in span && parentSpanContext) this.parentSpanContext = parentSpanContext;
    if ('parentSpanId' in span) this.parentSpanId = span.parentSpanId;
    if ('instrumentationLibrary' in span) this.instrumentationLibrary = span.instrumentationLibrary;
  }

  spanContext(): SpanContext {
    return this.#context;
  }

  /** By these a view of the view knows where values were cut. */
  get _spanLimits(): object | undefined {
    return this.#limits;
  }
}
