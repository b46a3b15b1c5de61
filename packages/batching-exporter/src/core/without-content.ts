import type { HrTime, SpanContext, SpanKind } from '@opentelemetry/api';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';

/** The attribute that marks a span whose content did not fit. */
const ATTR_CONTENT_REMOVED = 'llm.content_removed';

/** Text of up to this many characters, and numbers and booleans, are not content. */
const MAX_TEXT = 256;
/** Attributes that stay at the most, so that a span of countless small ones gets small too. */
const MAX_ATTRIBUTES = 128;

type Attributes = ReadableSpan['attributes'];

/** What SDK 1.30 has in place of `parentSpanContext` and `instrumentationScope`. */
interface ReadableSpan1 {
  readonly parentSpanId?: string;
  readonly instrumentationLibrary?: ReadableSpan['instrumentationScope'];
}

/** A view of a span that is too large to be sent: without its long values, events and links, and marked. */
export function withoutContent(span: ReadableSpan): ReadableSpan {
  return new SpanWithoutContent(span);
}

class SpanWithoutContent implements ReadableSpan {
  readonly name: string;
  readonly kind: SpanKind;
  readonly startTime: HrTime;
  readonly endTime: HrTime;
  readonly duration: HrTime;
  readonly ended: boolean;
  readonly status: ReadableSpan['status'];
  readonly attributes: Attributes;
  readonly events: ReadableSpan['events'] = [];
  readonly links: ReadableSpan['links'] = [];
  readonly resource: ReadableSpan['resource'];
  readonly droppedAttributesCount: number;
  readonly droppedEventsCount: number;
  readonly droppedLinksCount: number;
  declare readonly instrumentationScope: ReadableSpan['instrumentationScope'];
  declare readonly parentSpanContext?: SpanContext;
  declare readonly parentSpanId?: string;
  declare readonly instrumentationLibrary?: ReadableSpan['instrumentationScope'];
  readonly #context: SpanContext;

  constructor(span: ReadableSpan & ReadableSpan1) {
    const { attributes, removed } = smallAttributes(span.attributes);
    const { code, message } = span.status;
    this.#context = span.spanContext();
    this.name = span.name.slice(0, MAX_TEXT);
    this.kind = span.kind;
    this.startTime = span.startTime;
    this.endTime = span.endTime;
    this.duration = span.duration;
    this.ended = span.ended;
    this.status = message === undefined || message.length > MAX_TEXT ? { code } : { code, message };
    this.attributes = { ...attributes, [ATTR_CONTENT_REMOVED]: 'span_too_large' };
    this.resource = span.resource;
    this.droppedAttributesCount = span.droppedAttributesCount + removed;
    this.droppedEventsCount = span.droppedEventsCount + span.events.length;
    this.droppedLinksCount = span.droppedLinksCount + span.links.length;
    // What the one line has and the other has not stays as absent as it is: exporters tell the lines apart by it.
    if ('instrumentationScope' in span) this.instrumentationScope = span.instrumentationScope;
    if ('parentSpanContext' in span) this.parentSpanContext = span.parentSpanContext;
    if ('parentSpanId' in span) this.parentSpanId = span.parentSpanId;
    if ('instrumentationLibrary' in span) this.instrumentationLibrary = span.instrumentationLibrary;
  }

  spanContext(): SpanContext {
    return this.#context;
  }
}

function smallAttributes(attributes: Attributes): { attributes: Attributes; removed: number } {
  const small: Attributes = {};
  let kept = 0;
  let removed = 0;
  for (const [key, value] of Object.entries(attributes)) {
    if (kept < MAX_ATTRIBUTES && key.length <= MAX_TEXT && isSmall(value)) {
      small[key] = value;
      kept++;
    } else removed++;
  }
  return { attributes: small, removed };
}

/** Lists and maps are content: they are messages, documents, tool definitions. */
function isSmall(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= MAX_TEXT;
  return typeof value === 'number' || typeof value === 'boolean';
}
