import type { RuleAction } from './actions.js';
import { isDecided, rememberDecision } from './decisions.js';
import {
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
import type { RedactionRun } from './redaction-run.js';

const MAX_DEPTH = 64;
const MAX_MAPS = 10_000;

/** A value without content; `undefined` if it is to be removed. Throws when it can't be read. */
export function redactValue(
  flags: number,
  value: unknown,
  path: string,
  run: RedactionRun,
  inContent = false,
  walk?: Walk,
): unknown {
  const { llm, policy } = run;
  if (flags & (REMOVED | UNLISTED)) return run.note(undefined, value, path);
  if (flags & RULED) return run.note(actionOf(flags, policy).act(value, path), value, path);
  if (flags & CONTENT || (flags & QUOTING && (llm || run.quotesError(value))))
    return replaceContent(value, path, run);
  if (flags & SETTINGS) return keepPart(keepSettings(value), value, path, run);
  if (llm && flags & METADATA) {
    const kept = keepPart(keepMetadata(value), value, path, run);
    return typeof kept === 'string' ? run.note(policy.scan(kept), kept, path) : kept;
  }
  if (flags & KEPT) return value;
  if (inContent && !(flags & (KNOWN | ALLOWED))) return replaceContent(value, path, run);
  if (typeof value === 'string') return flags & UNSCANNED ? value : run.note(policy.scan(value), value, path);
  return isObject(value) ? redactNested(value, path, flags, run, walk ?? { depth: 0, maps: 0 }) : value;
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
  run: RedactionRun,
  within: object,
  result: object,
): unknown {
  const { act, by } = actionOf(flags, run.policy);
  if (by === undefined) return run.note(act(value, key), value, key);
  const answer = isDecided(within, key, by, value) ? value : act(value, key);
  if (answer !== undefined) rememberDecision(result, key, by, answer);
  return run.note(answer, value, key);
}

/** How far a value has been followed. */
interface Walk {
  depth: number;
  maps: number;
}

/** In a map, a name counts by itself and with the names above it: `{ llm: { prompt } }` is `llm.prompt`. */
function redactNested(value: object, path: string, flags: number, run: RedactionRun, walk: Walk): unknown {
  if (value instanceof Uint8Array) return value;
  if (walk.depth >= MAX_DEPTH || walk.maps >= MAX_MAPS) throw new RangeError('too deep or too large');
  walk.depth += 1;
  walk.maps += 1;
  const inner = Array.isArray(value)
    ? redactList(value, path, flags, run, walk)
    : redactMap(value, path, flags, run, walk);
  walk.depth -= 1;
  return inner;
}

function redactList(
  list: readonly unknown[],
  path: string,
  flags: number,
  run: RedactionRun,
  walk: Walk,
): readonly unknown[] {
  const inner = list.map((item) => {
    if (typeof item === 'string')
      return flags & UNSCANNED ? item : run.note(run.policy.scan(item), item, path);
    return isObject(item) ? redactNested(item, path, flags, run, walk) : item;
  });
  return inner.some((item, index) => item !== list[index]) ? inner : list;
}

function redactMap(map: object, path: string, ofMap: number, run: RedactionRun, walk: Walk): object {
  if (!isPlain(map)) throw new TypeError('not a value that an attribute can have');
  const { keys } = run.policy;
  const kept: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(map)) {
    const namePath = `${path}.${name}`;
    const ofPath = keys.flagsOf(namePath);
    const ofName = keys.flagsOf(name);
    const flags = ofMap & ALLOWED ? ALLOWED | (ofName & REMOVED) : flagsWithin(ofPath, ofName);
    const redacted = redactValue(flags, value, namePath, run, false, walk);
    if (redacted !== undefined) kept[name] = redacted;
  }
  return kept;
}

/** Numbers of rules do not unite. And only keys of attributes are listed: what is in a listed one stays. */
function flagsWithin(ofPath: number, ofName: number): number {
  return ofPath & RULED ? ofPath : (ofName | ofPath) & ~UNLISTED;
}

function replaceContent(value: unknown, key: string, run: RedactionRun): unknown {
  return run.note(run.policy.content.act(value, key), value, key);
}

function actionOf(flags: number, policy: RedactionPolicy): RuleAction {
  return policy.actions[flags >>> ACTION_SHIFT] ?? policy.content;
}

function keepPart(kept: unknown, value: unknown, path: string, run: RedactionRun): unknown {
  if (kept === undefined) return replaceContent(value, path, run);
  if (kept === value || (isObject(value) && JSON.stringify(kept) === JSON.stringify(value))) return value;
  run.notePart(path);
  return kept;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Also when made in another realm, as test runners do. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return !isObject(prototype) || Object.getPrototypeOf(prototype) === null;
}
