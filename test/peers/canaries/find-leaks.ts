import type { ReceivedSpan } from '../../../packages/testing/dist/index.js';
import type { Sent } from './run-peer.js';

/** Begins every canary, and every marker; a text that was cut still has it. */
const word = { canary: /Canary[A-Za-z]*/g, marker: /Marker[A-Za-z]*/g };

/** The canaries or markers in what was sent, be it in the decoded spans or in the bytes as they came. */
export function wordsIn({ spans, bytes }: Sent, kind: keyof typeof word): string[] {
  const found = `${textOf(spans)} ${bytes.toString('latin1')}`.match(word[kind]) ?? [];
  return [...new Set(found)].sort();
}

/** The same, each with the places where it is. */
export function placesOf({ spans, bytes }: Sent, kind: keyof typeof word): string[] {
  const places = new Set<string>();
  for (const span of spans)
    for (const [place, value] of placesIn(span))
      for (const found of textOf(value).match(word[kind]) ?? []) places.add(`${found} in ${place}`);
  // In the bytes, but not in what they were decoded to.
  if (places.size === 0)
    for (const found of wordsIn({ spans, bytes }, kind)) places.add(`${found} in the bytes`);
  return [...places].sort();
}

function placesIn({ name, attributes, events, ...rest }: ReceivedSpan): [string, unknown][] {
  return [
    ['the span name', name],
    ...Object.entries(attributes),
    ...events.flatMap((event) =>
      Object.entries(event.attributes).map(([key, value]): [string, unknown] => [
        `${event.name}: ${key}`,
        value,
      ]),
    ),
    ...Object.entries(rest),
  ];
}

export function textOf(value: unknown): string {
  return JSON.stringify(value, (_, item) => (typeof item === 'bigint' ? String(item) : item)) ?? 'undefined';
}
