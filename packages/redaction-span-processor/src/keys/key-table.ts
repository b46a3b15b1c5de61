import {
  ATTR_LLM_REDACTION_KEYS,
  ATTR_LLM_REDACTION_MASKED_COUNT,
  ATTR_LLM_REDACTION_REMOVED_COUNT,
  contentCarriers,
  type DialectContent,
  dialects,
} from '@llm-otel/semantic-conventions';
import {
  finishReasonKey,
  metadataJsonKeys,
  quotingKeys,
  quotingPrefixes,
  safeEventKeys,
  safeNamesInEvents,
  secretKeys,
  urlKeys,
} from './content-rules.js';
import {
  CONTENT,
  KNOWN,
  KNOWN_IN_CONTENT,
  LLM,
  MAY_TELL_FAILURE,
  METADATA_JSON,
  PLAIN,
  QUOTING,
  REMOVED,
  SETTINGS_JSON,
  URL_OF_CALL,
} from './key-flags.js';
import {
  identifierKeys,
  identifierPrefixes,
  metadataKeys,
  metadataPrefixes,
  plainKeys,
  plainPrefixes,
} from './key-groups.js';

/** What is known about keys: exact names, and prefixes of content. */
export interface KeyTable {
  readonly exact: ReadonlyMap<string, number>;
  readonly prefixes: readonly (readonly [prefix: string, flags: number])[];
}

/** Compiles all dialects, content carriers and rules into one table. */
export function compileKeyTable(): KeyTable {
  const exact = new Map<string, number>();
  const prefixes: [string, number][] = [];
  const add = (keys: readonly string[], flags: number) => {
    for (const key of keys) exact.set(key, (exact.get(key) ?? 0) | flags);
  };
  const addPrefixes = (of: readonly string[], flags: number) => {
    for (const prefix of of) {
      prefixes.push([prefix, flags]);
      // SDK 3 accepts maps and lists: what others write as `messages.0.content` may come as a whole under `messages`.
      if (prefix.endsWith('.')) add([prefix.slice(0, -1)], flags);
    }
  };
  const addContent = (content: DialectContent, mark: number) => {
    add(content.keys, CONTENT | mark);
    add(content.mixedJsonKeys, SETTINGS_JSON | mark);
    addPrefixes(content.prefixes, CONTENT | mark);
    // An exact key is found before a prefix, which is enough to keep it.
    add(content.safeKeys, KNOWN | mark);
    // What some write as an event, others write as an attribute.
    addPrefixes(
      content.events.filter((name) => name.endsWith('.')),
      CONTENT | mark,
    );
    add(content.events, CONTENT | mark);
  };

  for (const dialect of dialects) {
    const { markers, model, provider, serviceTier, streaming, timeToFirstChunk, operation, usage } = dialect;
    add([...markers, ...operation.keys], KNOWN | LLM);
    add(
      timeToFirstChunk.map(({ attribute }) => attribute),
      KNOWN | LLM,
    );
    // Facts inside JSON are in attributes that also hold content.
    const facts = [...model, ...provider, ...serviceTier, ...streaming, ...Object.values(usage).flat()];
    add(facts.filter(isString), KNOWN | LLM);
    add(dialect.cost.flatMap(({ amount, currency }) => [amount, currency]).filter(isString), KNOWN);
    addContent(dialect.content, LLM);
  }
  for (const { markers, contentMarks, content } of contentCarriers) {
    add(markers, KNOWN | LLM);
    addContent(content, contentMarks ? LLM : 0);
  }
  add(metadataJsonKeys, METADATA_JSON);
  add(quotingKeys, QUOTING);
  addPrefixes(quotingPrefixes, QUOTING);
  add([...safeEventKeys, ATTR_LLM_REDACTION_MASKED_COUNT, ATTR_LLM_REDACTION_REMOVED_COUNT], KNOWN);
  add([...safeNamesInEvents, ATTR_LLM_REDACTION_KEYS], KNOWN_IN_CONTENT);
  add([finishReasonKey], MAY_TELL_FAILURE);
  // Not specific to LLM calls: any span may have them.
  add(secretKeys, CONTENT);
  // Header names as older instrumentations write them.
  add(
    secretKeys.map((key) => key.replaceAll('-', '_')),
    CONTENT,
  );
  add(urlKeys, URL_OF_CALL);
  add(plainKeys, PLAIN);
  for (const prefix of plainPrefixes) prefixes.push([prefix, PLAIN]);
  // No attribute can have this name: setting it would change the prototype of the attributes.
  add(['__proto__'], REMOVED);
  return { exact, prefixes };
}

function isString(key: unknown): key is string {
  return typeof key === 'string';
}

const identifiers: ReadonlySet<string> = new Set(identifierKeys.map((key) => key.toLowerCase()));
const metadata: ReadonlySet<string> = new Set(metadataKeys);

// The next two functions expect folded keys (see `foldKey`), so that `User.ID` is an identifier too.

/** Whether the value identifies a person, a session or a conversation. */
export function isIdentifier(key: string): boolean {
  return identifiers.has(key) || identifierPrefixes.some((prefix) => key.startsWith(prefix));
}

/** Whether the value is metadata that the application's developer added. */
export function isMetadata(key: string): boolean {
  return holdsMetadata(key) || metadataPrefixes.some((prefix) => key.startsWith(prefix));
}

/** Whether keys below this one, with names chosen by the developer, are such metadata. */
export function holdsMetadata(key: string): boolean {
  return metadata.has(key);
}
