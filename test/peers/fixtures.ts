import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordedSpan, Recording } from './record.js';

/** A span as a fixture keeps it: without what is the same in all, and nothing of the moment and the machine. */
export type FixtureSpan = Omit<
  RecordedSpan,
  'traceId' | 'startTime' | 'endTime' | 'resource' | 'startedWith'
> & {
  /** Absent where it had all of them. */
  readonly startedWith?: readonly string[];
};

/** A recording that can be committed and compared. */
export interface Fixture extends Omit<Recording, 'spans' | 'lostSpans' | 'requests'> {
  readonly spans: readonly FixtureSpan[];
  readonly lostSpans: readonly FixtureSpan[];
}

/** When every recorded call is taken to have been made. */
export const RECORDED_AT = new Date('2026-11-22T12:00:00.000Z');

const folder = join(import.meta.dirname, 'recorded');

/** What differs from run to run, by the attribute's name. */
const volatileNumbers: readonly (readonly [RegExp, number])[] = [
  [/(?:duration|time_to_first|time_per_output)/, 0.005],
  [/msTo/, 5],
  [/TokensPerSecond$/, 1000],
  [/^server\.port$/, 8080],
  [/^sentry\.sample_rand$/, 0.5],
];

/** The same, inside of text. */
const volatileText: readonly (readonly [RegExp, string])[] = [
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g, RECORDED_AT.toISOString()],
  [/127\.0\.0\.1:\d+/g, '127.0.0.1:8080'],
  [/\b[0-9a-f]{32}\b/g, '0af7651916cd43dd8448eb211c80319c'],
  // Sentry names the root span in its attributes.
  [/^[0-9a-f]{16}$/g, '0000000000000001'],
  [/(?:\n\s+at .*)+/g, '\n    at call (file.js:1:1)'],
];

/** Takes out of a recording what another run would not repeat. */
export function normalise({ spans, lostSpans, requests: _, ...rest }: Recording): Fixture {
  const inOrder = [...spans, ...lostSpans].sort((a, b) => a.startedAt - b.startedAt);
  const ids = new Map(
    inOrder.map(({ spanId }, index) => [spanId, (index + 1).toString(16).padStart(16, '0')]),
  );
  const fixtureSpan = (span: RecordedSpan): FixtureSpan => {
    const {
      traceId: _t,
      spanId,
      parentSpanId,
      startTime: _s,
      endTime: _e,
      resource: _r,
      startedWith,
      ...kept
    } = span;
    const hadAll = startedWith.length === Object.keys(kept.attributes).length;
    return {
      ...(stable(kept) as Omit<FixtureSpan, 'spanId'>),
      spanId: ids.get(spanId) ?? spanId,
      ...(parentSpanId !== undefined && { parentSpanId: ids.get(parentSpanId) ?? parentSpanId }),
      ...(!hadAll && { startedWith }),
    };
  };
  return {
    ...(stable(rest) as typeof rest),
    spans: spans.map(fixtureSpan),
    lostSpans: lostSpans.map(fixtureSpan),
  };
}

function stable(value: unknown, key = ''): unknown {
  if (typeof value === 'string')
    return volatileText.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), value);
  if (typeof value === 'number') return volatileNumbers.find(([pattern]) => pattern.test(key))?.[1] ?? value;
  if (Array.isArray(value)) return value.map((item) => stable(item, key));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([name]) => name !== 'time');
  return Object.fromEntries(entries.map(([name, item]) => [name, stable(item, name)]));
}

/** Replaces the fixtures of a peer. */
export function writeFixtures(peer: string, fixtures: readonly Fixture[]): void {
  rmSync(join(folder, peer), { recursive: true, force: true });
  mkdirSync(join(folder, peer), { recursive: true });
  for (const fixture of fixtures)
    writeFileSync(join(folder, peer, `${fixture.scenario}.json`), `${JSON.stringify(fixture, toJson, 1)}\n`);
}

/** The peers that there are fixtures of. */
export function recordedPeers(): string[] {
  return readdirSync(folder).sort();
}

/** The fixtures of a peer. */
export function readFixtures(peer: string): Fixture[] {
  const files = readdirSync(join(folder, peer)).sort();
  return files.map((file) => JSON.parse(readFileSync(join(folder, peer, file), 'utf8'), fromJson));
}

// JSON has no NaN, and AI SDK 4 writes it where a stream broke.
function toJson(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? { $number: String(value) } : value;
}

function fromJson(_key: string, value: unknown): unknown {
  return typeof value === 'object' && value !== null && '$number' in value ? Number(value.$number) : value;
}

/** Whether openlit writes it depends on whether it rounds to zero. */
const comesAndGoes = /^gen_ai\.server\.time_/;

/** The spans, each in one line for comparison: its scope, its name, and the names of what it carries. */
export function outline({ spans, lostSpans }: Fixture): string[] {
  return [...spans, ...lostSpans].map(outlineOf).sort();
}

function outlineOf({ name, endedAt, instrumentationScope: scope, attributes, events }: FixtureSpan): string {
  const carried = events.map((event) => `${event.name}(${names(event.attributes)})`);
  return `${scope.name}: ${name}${endedAt === undefined ? ' (never ends)' : ''}: ${names(attributes)} ${carried.join(' ')}`;
}

function names(attributes: Readonly<Record<string, unknown>>): string {
  return Object.keys(attributes)
    .filter((key) => !comesAndGoes.test(key))
    .sort()
    .join(' ');
}
