import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import type { SpanParts } from './span-parts.js';

/** In the SDKs from 1.30 to 3.1 the parts are plain fields of a span; `readonly` is for the type checker. */
type Writable = { -readonly [Part in keyof SpanParts]: SpanParts[Part] };

/**
 * Replaces a span's parts with redacted ones. The span's own parts may be frozen, or shared with the application.
 *
 * @returns whether all of them were replaced
 */
export function writeParts(span: ReadableSpan, parts: SpanParts): boolean {
  const target: Writable = span;
  try {
    // Only what differs: each write to a field takes time.
    if (target.attributes !== parts.attributes) target.attributes = parts.attributes;
    if (target.events !== parts.events) target.events = parts.events;
    if (target.links !== parts.links) target.links = parts.links;
    if (target.status !== parts.status) target.status = parts.status;
    writeNameAndSharedParts(target, parts);
    return true;
  } catch {
    return writeInto(target, parts);
  }
}

/** Further parts of a span, in the SDK versions that have them. */
function writeNameAndSharedParts(
  target: Writable,
  { name, resource, instrumentationScope }: SpanParts,
): void {
  if (name !== undefined && target.name !== name) target.name = name;
  if (resource !== undefined && target.resource !== resource) target.resource = resource;
  if (instrumentationScope !== undefined && target.instrumentationScope !== instrumentationScope)
    target.instrumentationScope = instrumentationScope;
}

/** For a span that is frozen: its parts may not be. */
function writeInto(span: SpanParts, parts: SpanParts): boolean {
  const { attributes, events, links, status } = parts;
  try {
    const written = [
      copy(attributes, span.attributes),
      copy(events, span.events),
      copy(links, span.links),
      copy(status, span.status),
    ];
    // Last: a frozen span may have to keep its name, but its attributes must be replaced all the same.
    writeNameAndSharedParts(span, parts);
    return !written.includes(false);
  } catch {
    return false;
  }
}

function copy(source: object, target: object): boolean {
  let done = true;
  for (const key of Object.keys(target))
    if (!Object.hasOwn(source, key)) done = Reflect.deleteProperty(target, key) && done;
  for (const [key, value] of Object.entries(source))
    if (Reflect.get(target, key) !== value) done = Reflect.set(target, key, value) && done;
  return done;
}
