import { SpanView } from '@llm-otel/common';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';

/** The attribute that marks a span whose content did not fit. */
const ATTR_CONTENT_REMOVED = 'llm.content_removed';

/** Text of up to this many characters, and numbers and booleans, are not content. */
const MAX_TEXT = 256;
/** Attributes that stay at the most, so that a span of countless small ones gets small too. */
const MAX_ATTRIBUTES = 128;

type Attributes = ReadableSpan['attributes'];

/** A view of a span that is too large to be sent: without its long values, events and links, and marked. */
export function withoutContent(span: ReadableSpan): ReadableSpan {
  const { attributes, removed } = smallAttributes(span.attributes);
  const { code, message } = span.status;
  return new SpanView(span, {
    name: span.name.slice(0, MAX_TEXT),
    status: !message || message.length > MAX_TEXT ? { code } : { code, message },
    attributes: { ...attributes, [ATTR_CONTENT_REMOVED]: 'span_too_large' },
    events: [],
    links: [],
    droppedAttributesCount: span.droppedAttributesCount + removed,
    droppedEventsCount: span.droppedEventsCount + span.events.length,
    droppedLinksCount: span.droppedLinksCount + span.links.length,
  });
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
