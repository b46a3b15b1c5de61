import type { Dialect } from './dialect.js';

/** Your own dialect: a {@link Dialect} in which every field except `id` and `markers` is optional. */
export interface DialectEntry extends Omit<Partial<Dialect>, 'usage' | 'content'> {
  /** Name of the dialect, for `LlmCall.dialect` and error messages. */
  readonly id: string;
  /** Attribute keys: a span is in this dialect if it has any of them. */
  readonly markers: readonly [string, ...string[]];
  /** Where the token counts are. */
  readonly usage?: Partial<Dialect['usage']>;
  /** Where content is. */
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
  'untoldTier',
  'inexact',
];
const known: ReadonlySet<string> = new Set(['id', 'markers', ...Object.keys(nothing), ...optional]);

/** @throws TypeError if the entry has no id or no markers, or has an unknown key */
export function completeDialect(entry: DialectEntry): Dialect {
  const name = typeof entry?.id === 'string' && entry.id !== '' ? `dialect "${entry.id}"` : undefined;
  if (name === undefined)
    throw new TypeError('A dialect must be an object with a non-empty string as its "id".');
  const { markers } = entry;
  if (!Array.isArray(markers) || markers.length === 0 || !markers.every((key) => typeof key === 'string'))
    throw new TypeError(`${name}: "markers" must be an array of at least one attribute key.`);
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
