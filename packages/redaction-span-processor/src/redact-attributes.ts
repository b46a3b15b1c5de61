import type { Attributes } from '@opentelemetry/api';
import {
  ACTION,
  ACTION_ON_LLM,
  ALLOWED,
  CONTENT,
  KNOWN,
  METADATA,
  QUOTING,
  REMOVED,
  SETTINGS,
  UNLISTED,
} from './key-flags.js';
import { keepMetadata, keepSettings } from './mixed-json.js';
import type { RedactionPolicy } from './options.js';

/** A value whose key has none of these, and that is no object, stays as it is. */
const MAY_CHANGE = ACTION | ACTION_ON_LLM;
const MAX_DEPTH = 64;
const MAX_MAPS = 10_000;

/** What was done to a span's values. */
export interface Tally {
  removed: number;
  masked: number;
  /** Those of the removed that went because they could not be read. */
  failed: number;
}

/** Where attributes stand. */
export interface RedactionContext {
  readonly policy: RedactionPolicy;
  readonly tally: Tally;
  /** On a span of an LLM call. */
  readonly llm: boolean;
  /** In an event that carries content: only what is known to be metadata stays. */
  readonly contentEvent: boolean;
}

/** Whether attributes whose keys have these flags are to be changed, or to be looked into. */
export function callsForAction(flags: number, llm: boolean): boolean {
  return (flags & ACTION) !== 0 || (llm && (flags & ACTION_ON_LLM) !== 0);
}

/**
 * The attributes without content, in an object of their own; the given ones if there is nothing to change.
 * Never throws: what can't be read is left out.
 *
 * @param flags - the united flags of the keys
 */
export function redactAttributes(
  attributes: Attributes,
  flags: number,
  context: RedactionContext,
): Attributes {
  const { policy, tally, llm, contentEvent } = context;
  if (!contentEvent && !callsForAction(flags, llm)) return attributes;
  const before = tally.removed + tally.masked;
  const kept: Record<string, unknown> = {};
  try {
    const inherits = hasInheritedKeys(attributes);
    for (const key in attributes) {
      if (inherits && !Object.hasOwn(attributes, key)) continue;
      try {
        const keyFlags = policy.keys.flagsOf(key);
        let value: unknown = attributes[key];
        // Most values stay, and the shorter their way the better: this is on the path of every span with content.
        if (contentEvent || keyFlags & MAY_CHANGE || typeof value === 'object')
          value = redactValue(keyFlags, value, key, context);
        if (value !== undefined) kept[key] = value;
      } catch {
        countFailure(tally);
      }
    }
  } catch {
    // The object does not tell its keys to the end: those told so far stay.
    countFailure(tally);
  }
  return tally.removed + tally.masked === before ? attributes : (kept as Attributes);
}

/** A value without content; `undefined` if it is to be removed. Throws when it can't be read. */
export function redactValue(
  flags: number,
  value: unknown,
  path: string,
  context: RedactionContext,
  walk?: Walk,
): unknown {
  const { llm, contentEvent, tally } = context;
  if (flags & (REMOVED | UNLISTED)) {
    tally.removed += 1;
    return undefined;
  }
  if (flags & CONTENT || (llm && flags & QUOTING)) return replace(value, context);
  if (flags & SETTINGS) return keepPart(keepSettings(value), value, context);
  if (llm && flags & METADATA) return keepPart(keepMetadata(value), value, context);
  if (flags & ALLOWED) return value;
  if (contentEvent && !(flags & KNOWN)) return replace(value, context);
  return isObject(value) ? redactNested(value, path, context, walk ?? { depth: 0, maps: 0 }) : value;
}

/** How far a value has been followed. */
interface Walk {
  depth: number;
  maps: number;
}

/** In a map, a name counts by itself and with the names above it: `{ llm: { prompt } }` is `llm.prompt`. */
function redactNested(value: object, path: string, context: RedactionContext, walk: Walk): unknown {
  if (value instanceof Uint8Array || (Array.isArray(value) && !value.some(isObject))) return value;
  if (walk.depth >= MAX_DEPTH || walk.maps >= MAX_MAPS) throw new RangeError('too deep or too large');
  walk.depth += 1;
  walk.maps += 1;
  const inner = Array.isArray(value)
    ? value.map((element) => (isObject(element) ? redactNested(element, path, context, walk) : element))
    : redactMap(value, path, context, walk);
  walk.depth -= 1;
  return inner;
}

function redactMap(map: object, path: string, context: RedactionContext, walk: Walk): object {
  if (!isPlain(map)) throw new TypeError('not a value that an attribute can have');
  const { keys } = context.policy;
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(map)) {
    const namePath = `${path}.${name}`;
    // Only keys of attributes are listed: what is in a listed one stays.
    const flags = (keys.flagsOf(name) | keys.flagsOf(namePath)) & ~UNLISTED;
    const redacted = redactValue(flags, value, namePath, context, walk);
    if (redacted !== undefined) kept[name] = redacted;
  }
  return kept;
}

function replace(value: unknown, { policy, tally }: RedactionContext): string | undefined {
  const replacement = policy.replace(value);
  if (replacement === undefined) tally.removed += 1;
  else if (replacement !== value) tally.masked += 1;
  return replacement;
}

function keepPart(kept: unknown, value: unknown, context: RedactionContext): unknown {
  if (kept === undefined) return replace(value, context);
  if (kept === value || JSON.stringify(kept) === JSON.stringify(value)) return value;
  context.tally.removed += 1;
  return kept;
}

function countFailure(tally: Tally): void {
  tally.removed += 1;
  tally.failed += 1;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function hasInheritedKeys(attributes: object): boolean {
  for (const _ in Object.getPrototypeOf(attributes)) return true;
  return false;
}

/** Also when made in another realm, as test runners do. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return !isObject(prototype) || Object.getPrototypeOf(prototype) === null;
}
