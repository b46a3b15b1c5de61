import type { Attributes, HrTime, SpanContext, SpanKind, SpanStatus } from '@opentelemetry/api';

/** An instrumentation scope; SDK 1.30 has it under another name. */
export interface SpanScope {
  readonly name: string;
  readonly version?: string;
  readonly schemaUrl?: string;
}

/**
 * The parts of a `ReadableSpan` that a view needs. The SDK's own types are not imported: they differ between major
 * versions, and not every package that uses this one has the SDK.
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

/** The limits of a span, which every SDK from 1.30 to 3.1 keeps with it, although they are in no type. */
export interface LimitedSpan {
  readonly _spanLimits?: { readonly attributeValueLengthLimit?: number } | undefined;
}

/** Parts that only some SDK versions have: 1.30 the first two, later ones the others. */
interface PartsByLine extends LimitedSpan {
  readonly parentSpanId?: string;
  readonly instrumentationLibrary?: SpanScope;
  readonly parentSpanContext?: SpanContext | undefined;
  readonly instrumentationScope?: SpanScope;
}

/** The parts of a span that a view replaces. */
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
 * A `ReadableSpan` of any SDK with some parts replaced. It has the parts as plain fields and nothing else: an exporter
 * can't reach anything more that the SDK's span holds, such as its private fields.
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
  readonly #limits: LimitedSpan['_spanLimits'];

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
    // A part that this version of the SDK lacks stays absent: exporters recognise the version by it.
    if ('instrumentationScope' in span && instrumentationScope)
      this.instrumentationScope = instrumentationScope;
    if ('parentSpanContext' in span && parentSpanContext) this.parentSpanContext = parentSpanContext;
    if ('parentSpanId' in span) this.parentSpanId = span.parentSpanId;
    if ('instrumentationLibrary' in span) this.instrumentationLibrary = span.instrumentationLibrary;
  }

  spanContext(): SpanContext {
    return this.#context;
  }

  /** For a view of this view, which needs them to recognise values that the SDK has cut. */
  get _spanLimits(): LimitedSpan['_spanLimits'] {
    return this.#limits;
  }
}
