import { contentCarriers, dialects } from '@llm-otel/semantic-conventions';
import type { Attributes } from '@opentelemetry/api';
import type { TracedSpan } from '../../src/span/span-parts.js';
import { event, link } from './parts.js';
import { stays, staysByDesign } from './stays.js';

/** Occurs in every text that must be removed. */
export const CANARY = 'CANARY';

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const tables = [...dialects, ...contentCarriers].map(({ content }) => content);
const keys = tables.flatMap((content) => content.keys).filter((key) => !staysByDesign.has(key));
const prefixes = tables.flatMap((content) => content.prefixes).filter((prefix) => !staysByDesign.has(prefix));
const mixedKeys = tables.flatMap((content) => content.mixedJsonKeys);
const events = tables.flatMap((content) => content.events);
const quoting = [
  'exception.message',
  'exception.stacktrace',
  'error.message',
  'url.query',
  'http.request.header.x',
];
const suffixes = [
  '0',
  '0.message.content',
  '17.tool_calls.3.function.arguments',
  'never_seen',
  'ключ',
  '😀',
  'a b',
  '',
];
const fillings = [
  '',
  'words ',
  '日本語 ',
  '😀',
  '\u0000',
  '"',
  '\\',
  '\n',
  'é'.repeat(50),
  '{"a":',
  '[[',
  '<b>',
];
const findings = [
  `${CANARY}7@example.com`,
  `${CANARY}.x%40example.org`,
  `sk-ant-api03-${CANARY}aB3dE6gH9jK2mN5pQ8sT1`,
  `ghp_${CANARY}aB3dE6gH9jK2mN5pQ8sT1`,
  `-----BEGIN PRIVATE KEY-----\n${CANARY}\n-----END PRIVATE KEY-----`,
  `eyJhbGciOiJIUzI1NiJ9.${CANARY}aB3dE6gH9jK2.mN5pQ8sT1`,
];
const stayingKeys = Object.keys(stays);

export interface RandomSpan {
  readonly span: TracedSpan;
  /** The attributes that must remain. */
  readonly kept: Attributes;
}

/** The span of an LLM call in which everything except `kept` has a canary. */
export function randomSpan(random: () => number): RandomSpan {
  const below = (count: number) => Math.floor(random() * count);
  const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item;
  const text = () => `${pick(fillings)}${CANARY}${below(1_000)}${pick(fillings)}`;

  /** A text, a list, or a map of some depth. */
  const value = (depth: number): unknown => {
    const kind = random();
    if (kind < 0.6 || depth === 0) return text();
    if (kind < 0.75) return Array.from({ length: below(4) + 1 }, text);
    if (kind < 0.87) return Array.from({ length: below(3) + 1 }, () => value(depth - 1));
    return Object.fromEntries(Array.from({ length: below(3) + 1 }, () => [pick(suffixes), value(depth - 1)]));
  };
  const settings = () =>
    JSON.stringify({ temperature: random(), [pick(['system', 'tools', 'stop', 'ключ'])]: value(3) });
  /** A content key and its value, which is sometimes in a map. */
  const content = (): [string, unknown] => {
    const kind = random();
    if (kind < 0.1) return [pick(mixedKeys), settings()];
    if (kind < 0.15) return ['metadata', JSON.stringify({ team: 'a', ls_stop: value(2) })];
    if (kind < 0.25) return [pick(quoting), value(0)];
    if (kind < 0.35)
      return [`app.${pick(suffixes)}`, `${pick(fillings)} ${pick(findings)} ${pick(fillings)}`];
    const key = kind < 0.7 ? pick(keys) : pick(prefixes) + pick(suffixes);
    return random() < 0.8
      ? [key, value(4)]
      : [`app.map`, { inner: { [key]: value(2), list: [{ [key]: text() }] } }];
  };
  const contents = (count: number) => Object.fromEntries(Array.from({ length: below(count) }, content));

  const kept: Attributes = {};
  for (let count = below(12); count > 0; count--) {
    const key = pick(stayingKeys);
    kept[key] = stays[key];
  }
  const entries = Object.entries<unknown>({ 'llm.model': 'gpt-4o', ...contents(8), ...kept });
  for (let at = entries.length - 1; at > 0; at--) {
    const other = below(at + 1);
    [entries[at], entries[other]] = [entries[other] as [string, unknown], entries[at] as [string, unknown]];
  }
  const attributes = Object.fromEntries(entries) as Attributes;
  return {
    kept,
    span: {
      attributes,
      events: Array.from({ length: below(3) }, () =>
        random() < 0.5
          ? event(pick(events), { [pick(suffixes)]: text(), ...contents(2) } as Attributes)
          : event(pick(['note', 'exception']), contents(4) as Attributes),
      ),
      links: Array.from({ length: below(2) }, () => link(contents(3) as Attributes)),
      status: random() < 0.3 ? { code: 2, message: text() } : { code: 0 },
      name: pick(['chat gpt-4o', `chat ${pick(findings)}`]),
    },
  };
}
