import type { Dialect } from './dialect.js';

/** A dialect of your own: what it leaves out, it does not have. */
export interface DialectEntry extends Omit<Partial<Dialect>, 'usage' | 'content'> {
  readonly id: string;
  /** A span speaks the dialect when it carries any of these keys. */
  readonly markers: readonly [string, ...string[]];
  readonly usage?: Partial<Dialect['usage']>;
  readonly content?: Partial<Dialect['content']>;
}

const nothing: Omit<Dialect, 'id' | 'markers'> = {
  source: 'the application',
  model: [],
  provider: [],
  serviceTier: [],
  streaming: [],
  timeToFirstChunk: [],
  operation: { keys: [], kinds: {} },
  usage: {
    inputTokens: [],
    outputTokens: [],
    total: [],
    cacheReadTokens: [],
    cacheWriteTokens: [],
    cacheWrite1hTokens: [],
    reasoningTokens: [],
    inputAudioTokens: [],
    outputAudioTokens: [],
  },
  inputIncludesCached: 'yes',
  cost: [],
  content: { keys: [], prefixes: [], safeKeys: [], mixedJsonKeys: [], events: [] },
};

const optional: readonly (keyof Dialect)[] = [
  'scopes',
  'isWhole',
  'surplus',
  'buckets',
  'untoldCaching',
  'inexact',
];
const known: ReadonlySet<string> = new Set(['id', 'markers', ...Object.keys(nothing), ...optional]);

/** @throws TypeError when the entry lacks its id or its markers, or has a key that no dialect has */
export function completeDialect(entry: DialectEntry): Dialect {
  const name = typeof entry?.id === 'string' && entry.id !== '' ? `dialect "${entry.id}"` : undefined;
  if (name === undefined) throw new TypeError('A dialect must be an object with an "id" that is a name.');
  const { markers } = entry;
  if (!Array.isArray(markers) || markers.length === 0 || !markers.every((key) => typeof key === 'string'))
    throw new TypeError(`${name}: "markers" must be a list of attribute keys, at least one of them.`);
  const unknown = Object.keys(entry).find((key) => !known.has(key));
  if (unknown !== undefined)
    throw new TypeError(`${name}: unknown key "${unknown}". The keys are: ${[...known].join(', ')}.`);
  const count = Object.keys(entry.usage ?? {}).find((key) => !Object.hasOwn(nothing.usage, key));
  if (count !== undefined)
    throw new TypeError(
      `${name}: unknown count "${count}" in "usage". The counts are: ${Object.keys(nothing.usage).join(', ')}.`,
    );
  return {
    ...nothing,
    ...entry,
    usage: { ...nothing.usage, ...entry.usage },
    content: { ...nothing.content, ...entry.content },
  };
}
