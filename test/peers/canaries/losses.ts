import type { ReceivedSpan } from '../../../packages/testing/dist/index.js';
import { attribution, content, contentInJson } from './content.js';
import { textOf } from './find-leaks.js';

/** A fact of a span, by its place. */
type Facts = ReadonlyMap<string, string>;

/**
 * The places of what a span should still have, and has not, or has otherwise.
 *
 * @param isStrict - whether identifiers and metadata may be missing too
 */
export function losses(before: ReceivedSpan, after: ReceivedSpan, isStrict: boolean): string[] {
  const left = factsOf(after);
  return [...factsOf(before)]
    .filter(([place, fact]) => left.get(place) !== fact && !(isStrict && attribution.has(place)))
    .map(([place]) => place);
}

/** How many facts of a span must arrive. */
export function factCount(span: ReceivedSpan): number {
  return factsOf(span).size;
}

function factsOf(span: ReceivedSpan): Facts {
  const facts = new Map<string, string>();
  const { attributes, events, links, status, resource, scope, ...rest } = span;
  for (const [name, value] of Object.entries(rest)) facts.set(name, textOf(value));
  facts.set('status.code', textOf(status.code));
  if (status.message !== '') addAttributes(facts, '', { 'status.message': status.message });
  addAttributes(facts, 'resource ', resource);
  addAttributes(facts, 'scope ', { name: scope.name, version: scope.version, ...scope.attributes });
  addAttributes(facts, '', attributes);
  for (const [index, event] of events.entries()) {
    facts.set(`event ${index}`, textOf([event.name, event.timeUnixNano]));
    addAttributes(facts, `event ${index} ${event.name} `, event.attributes);
  }
  for (const [index, link] of links.entries()) {
    facts.set(`link ${index}`, textOf([link.traceId, link.spanId, link.traceState]));
    addAttributes(facts, `link ${index} `, link.attributes);
  }
  return facts;
}

function addAttributes(
  facts: Map<string, string>,
  place: string,
  attributes: Readonly<Record<string, unknown>>,
): void {
  for (const [key, value] of Object.entries(attributes)) {
    const mayMiss = contentInJson[key];
    if (mayMiss !== undefined) addMembers(facts, `${place}${key}`, parsed(value), mayMiss);
    else if (!content.has(key.replace(/\.\d+(?=\.|$)/g, '.*'))) facts.set(`${place}${key}`, textOf(value));
  }
}

/** Without members if it was masked as a whole. */
function parsed(value: unknown): object {
  return value === '[REDACTED]' ? {} : JSON.parse(String(value));
}

function addMembers(
  facts: Map<string, string>,
  place: string,
  json: object,
  mayMiss: readonly string[],
): void {
  for (const [name, value] of Object.entries(json)) {
    if (mayMiss.includes(name)) continue;
    const inner = mayMiss.flatMap((path) => (path.startsWith(`${name}.`) ? path.slice(name.length + 1) : []));
    if (isMap(value)) addMembers(facts, `${place} ${name}`, value, inner);
    // What is empty tells nothing.
    else if (value !== null && value !== '' && textOf(value) !== '[]')
      facts.set(`${place} ${name}`, textOf(value));
  }
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
