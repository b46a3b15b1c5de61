import type { Attributes } from '@opentelemetry/api';
import type { RuleAction } from './actions.js';
import { isDecided, rememberDecision } from './decisions.js';
import {
  ACTION,
  ACTION_ON_LLM,
  ACTION_SHIFT,
  ALLOWED,
  CONTENT,
  KEPT,
  KNOWN,
  METADATA,
  QUOTING,
  REMOVED,
  RULED,
  SETTINGS,
  UNLISTED,
  UNSCANNED,
} from './key-flags.js';
import { keepMetadata, keepSettings } from './mixed-json.js';
import type { RedactionPolicy } from './policy.js';

/** A value whose key has none of these, and that is no object, may only have to be scanned. */
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
  /** Is told of each value that is removed or replaced. */
  readonly onChange: ((key: string, value: unknown) => void) | undefined;
  /** Tells whether a text quotes an error of an LLM call, on a span that is none. */
  readonly quotes: ((text: string) => boolean) | undefined;
}

/** Whether attributes whose keys and values have these flags are to be changed, or to be looked into. */
export function callsForAction(flags: number, llm: boolean): boolean {
  return (flags & (ACTION | QUOTING)) !== 0 || (llm && (flags & ACTION_ON_LLM) !== 0);
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
        if (keyFlags & RULED) value = applyRule(keyFlags, value, key, context, attributes, kept);
        else if (contentEvent || keyFlags & MAY_CHANGE || typeof value === 'object')
          value = redactValue(keyFlags, value, key, context);
        else if (typeof value === 'string' && (keyFlags & UNSCANNED) === 0)
          value = scanText(value, key, context);
        if (value !== undefined) kept[key] = value;
      } catch {
        countFailure(tally, key, context);
      }
    }
  } catch {
    // The object does not tell its keys to the end: those told so far stay.
    countFailure(tally, '', context);
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
  const { llm, contentEvent, policy } = context;
  if (flags & (REMOVED | UNLISTED)) return note(undefined, value, path, context);
  if (flags & RULED) return note(actionOf(flags, policy).act(value, path), value, path, context);
  if (flags & CONTENT || (flags & QUOTING && (llm || quotes(value, context))))
    return note(policy.content.act(value, path), value, path, context);
  if (flags & SETTINGS) return keepPart(keepSettings(value), value, path, context);
  if (llm && flags & METADATA) {
    const kept = keepPart(keepMetadata(value), value, path, context);
    return typeof kept === 'string' ? scanText(kept, path, context) : kept;
  }
  if (flags & KEPT) return value;
  if (contentEvent && !(flags & (KNOWN | ALLOWED)))
    return note(policy.content.act(value, path), value, path, context);
  if (typeof value === 'string') return flags & UNSCANNED ? value : scanText(value, path, context);
  return isObject(value) ? redactNested(value, path, flags, context, walk ?? { depth: 0, maps: 0 }) : value;
}

/**
 * Does what a rule says. What a function decided once is not asked again.
 *
 * @param within - what the value is in
 * @param result - what the answer will be in
 */
export function applyRule(
  flags: number,
  value: unknown,
  key: string,
  context: RedactionContext,
  within: object,
  result: object,
): unknown {
  const { act, by } = actionOf(flags, context.policy);
  if (by === undefined) return note(act(value, key), value, key, context);
  const answer = isDecided(within, key, by, value) ? value : act(value, key);
  if (answer !== undefined) rememberDecision(result, key, by, answer);
  return note(answer, value, key, context);
}

/** How far a value has been followed. */
interface Walk {
  depth: number;
  maps: number;
}

/** In a map, a name counts by itself and with the names above it: `{ llm: { prompt } }` is `llm.prompt`. */
function redactNested(
  value: object,
  path: string,
  flags: number,
  context: RedactionContext,
  walk: Walk,
): unknown {
  if (value instanceof Uint8Array) return value;
  if (walk.depth >= MAX_DEPTH || walk.maps >= MAX_MAPS) throw new RangeError('too deep or too large');
  walk.depth += 1;
  walk.maps += 1;
  const inner = Array.isArray(value)
    ? redactList(value, path, flags, context, walk)
    : redactMap(value, path, flags, context, walk);
  walk.depth -= 1;
  return inner;
}

function redactList(
  list: readonly unknown[],
  path: string,
  flags: number,
  context: RedactionContext,
  walk: Walk,
): readonly unknown[] {
  const inner = list.map((item) => {
    if (typeof item === 'string') return flags & UNSCANNED ? item : scanText(item, path, context);
    return isObject(item) ? redactNested(item, path, flags, context, walk) : item;
  });
  return inner.some((item, index) => item !== list[index]) ? inner : list;
}

function redactMap(map: object, path: string, ofMap: number, context: RedactionContext, walk: Walk): object {
  if (!isPlain(map)) throw new TypeError('not a value that an attribute can have');
  const { keys } = context.policy;
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(map)) {
    const namePath = `${path}.${name}`;
    const ofPath = keys.flagsOf(namePath);
    const ofName = keys.flagsOf(name);
    const flags = ofMap & ALLOWED ? ALLOWED | (ofName & REMOVED) : flagsWithin(ofPath, ofName);
    const redacted = redactValue(flags, value, namePath, context, walk);
    if (redacted !== undefined) kept[name] = redacted;
  }
  return kept;
}

/** Numbers of rules do not unite. And only keys of attributes are listed: what is in a listed one stays. */
function flagsWithin(ofPath: number, ofName: number): number {
  return ofPath & RULED ? ofPath : (ofName | ofPath) & ~UNLISTED;
}

function scanText(text: string, key: string, context: RedactionContext): string {
  return note(context.policy.scan(text), text, key, context);
}

function quotes(value: unknown, context: RedactionContext): boolean {
  return typeof value === 'string' && context.quotes !== undefined && context.quotes(value);
}

function actionOf(flags: number, policy: RedactionPolicy): RuleAction {
  return policy.actions[flags >>> ACTION_SHIFT] ?? policy.content;
}

/** Counts what became of a value. */
function note<Result>(
  result: Result,
  value: unknown,
  key: string,
  { tally, onChange }: RedactionContext,
): Result {
  if (result === value) return result;
  if (result === undefined) tally.removed += 1;
  else tally.masked += 1;
  onChange?.(key, value);
  return result;
}

function keepPart(kept: unknown, value: unknown, path: string, context: RedactionContext): unknown {
  if (kept === undefined) return note(context.policy.content.act(value, path), value, path, context);
  if (kept === value || JSON.stringify(kept) === JSON.stringify(value)) return value;
  context.tally.removed += 1;
  context.onChange?.(path, undefined);
  return kept;
}

function countFailure(tally: Tally, key: string, { onChange }: RedactionContext): void {
  tally.removed += 1;
  tally.failed += 1;
  onChange?.(key, undefined);
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
