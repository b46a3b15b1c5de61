import { contentCarriers, dialects } from '@llm-otel/semantic-conventions';
import type { Attributes } from '@opentelemetry/api';
// Everything that was found in the code of the published instrumentations (2026-11), whatever the project's tables say.
import found from '../fixtures/known-carriers.json';
import { staysByDesign } from './stays.js';

export interface Canary {
  readonly where: string;
  /** Attributes of a span that carries the canary, and only what else it needs. */
  readonly attributes?: Attributes;
  readonly event?: { readonly name: string; readonly attributes: Attributes };
}

const tables = [...dialects, ...contentCarriers];
export const call: Attributes = { 'llm.model': 'gpt-4o' };

const keys = new Set([...found.keys, ...tables.flatMap(({ content }) => content.keys)]);
const prefixes = new Set([...found.prefixes, ...tables.flatMap(({ content }) => content.prefixes)]);
const mixedKeys = new Set(tables.flatMap(({ content }) => content.mixedJsonKeys));
const events = new Set([...found.events, ...tables.flatMap(({ content }) => content.events)]);

/** One for each place, each with its own text. */
function canaries(textOf: (number: number) => string): Canary[] {
  const list: Canary[] = [];
  const text = () => textOf(list.length);
  const attribute = (key: string, value: string) =>
    list.push({ where: `attribute ${key}`, attributes: { [key]: value } });
  for (const key of keys) if (!staysByDesign.has(key)) attribute(key, text());
  for (const prefix of prefixes) {
    if (staysByDesign.has(prefix)) continue;
    const name = prefix.replace(/\.$/, '');
    attribute(name, text());
    for (const suffix of ['.0', '.0.message.content', '.never_seen']) attribute(name + suffix, text());
  }
  for (const key of mixedKeys)
    for (const name of ['system', 'instructions', 'tools', 'stop', 'never_seen'])
      attribute(key, JSON.stringify({ temperature: 0.5, [name]: text() }));
  for (const name of events) {
    if (name === 'exception') continue;
    for (const key of ['content', 'body', 'never_seen', 'exception.message'])
      list.push({ where: `event ${name}: ${key}`, event: { name, attributes: { [key]: text() } } });
  }
  for (const key of ['exception.message', 'exception.stacktrace'])
    list.push({
      where: `exception: ${key}`,
      attributes: call,
      event: { name: 'exception', attributes: { [key]: text() } },
    });
  for (const key of [
    'content',
    'db.query',
    'db.response',
    'error.message',
    'error.original',
    'exception.data',
    'url.query',
    'http.request.header.x-prompt',
    'otel.status_description',
    '$style.accessory.items.0.text',
  ])
    list.push({ where: `LLM call: ${key}`, attributes: { ...call, [key]: text() } });
  return list;
}

export const planted: readonly Canary[] = canaries((number) => `canary-${number}.`);

/** The places whose canary is in the bytes. */
export function leaksIn(bytes: Buffer): string[] {
  const numbers = new Set(
    [...bytes.toString('latin1').matchAll(/canary-(\d+)\./g)].map(([, number]) => Number(number)),
  );
  return [...numbers].map((number) => planted[number]?.where ?? 'unknown');
}
