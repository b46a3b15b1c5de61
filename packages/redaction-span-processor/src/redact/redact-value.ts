import {
  ACTION_SHIFT,
  ALLOWED,
  CONTENT,
  KEPT,
  KNOWN,
  KNOWN_IN_CONTENT,
  LLM,
  METADATA_JSON,
  QUOTING,
  REMOVED,
  RULED,
  SETTINGS_JSON,
  UNLISTED,
  UNSCANNED,
  URL_OF_CALL,
} from '../keys/key-flags.js';
import type { KeyRules } from '../keys/key-rules.js';
import type { RuleAction } from '../policy/actions.js';
import type { RedactionPolicy } from '../policy/policy.js';
import { isDecided, rememberDecision } from './decisions.js';
import { keepMetadata, keepSettings } from './mixed-json.js';
import type { RedactionRun } from './redaction-run.js';

const MAX_DEPTH = 64;
const MAX_MAPS = 10_000;
/** Maximum number of dot-separated parts of a known key, except for those that are known by a prefix. */
const MAX_NAMES = 4;

/** Returns the value without content; `undefined` removes it. Throws if it can't be read. */
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
  if (flags & CONTENT || (flags & QUOTING && (llm || run.quotesError(value))))
    return replaceContent(value, path, run);
  if (flags & RULED) return applyRule(actionOf(flags, policy), value, path, run);
  if (flags & SETTINGS_JSON) return keepPart(keepSettings(value), value, path, run);
  if (llm && flags & METADATA_JSON) {
    const kept = keepPart(keepMetadata(value), value, path, run);
    if (typeof kept === 'string') return run.note(policy.scan(kept), kept, path);
    return isObject(kept) ? redactNested(kept, path, flags, run, walk) : kept;
  }
  if (flags & KEPT) return value;
  // A function can't be exported; but serializing an object to JSON calls its `toJSON`.
  if (typeof value === 'function') throw new TypeError('not an attribute value');
  if (inContent && !(flags & (KNOWN | ALLOWED)) && !(flags & KNOWN_IN_CONTENT && isFlat(value)))
    return replaceContent(value, path, run);
  if (typeof value === 'string') {
    const text = llm && flags & URL_OF_CALL ? withoutQuery(value) : value;
    const isScanned = (flags & UNSCANNED) === 0 && !(inContent && flags & KNOWN_IN_CONTENT);
    return isScanned ? run.note(policy.scan(text), value, path) : value;
  }
  return isObject(value) ? redactNested(value, path, flags, run, walk) : value;
}

/** Applies a rule. A function is not called again for a value that it has already decided on. */
function applyRule({ act, by }: RuleAction, value: unknown, key: string, run: RedactionRun): unknown {
  if (by === undefined) return run.note(act(value, key), value, key);
  const answer = isDecided(run.within, key, by, value) ? value : act(value, key);
  if (answer !== undefined) rememberDecision(run.result, key, by, answer);
  return run.note(answer, value, key);
}

/** How far a nested value has been followed. */
interface Walk {
  depth: number;
  maps: number;
}

/** `{ llm: { prompt } }` is `llm.prompt`, wherever it is nested. */
function redactNested(
  value: object,
  path: string,
  flags: number,
  run: RedactionRun,
  walk: Walk = { depth: 0, maps: 0 },
): unknown {
  if (value instanceof Uint8Array) return redactBytes(value, path, run);
  if (walk.depth >= MAX_DEPTH || walk.maps >= MAX_MAPS) throw new RangeError('too deep or too large');
  walk.depth += 1;
  walk.maps += 1;
  const inner = Array.isArray(value)
    ? redactList(value, path, flags, run, walk)
    : redactMap(value, path, flags, run, walk);
  walk.depth -= 1;
  return inner;
}

/** Bytes may be a text: they are removed as a whole if a pattern finds something in it. */
function redactBytes(bytes: Uint8Array, path: string, run: RedactionRun): Uint8Array | undefined {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  return run.policy.scan(text) === text ? bytes : run.note(undefined, bytes, path);
}

function redactList(
  list: readonly unknown[],
  path: string,
  flags: number,
  run: RedactionRun,
  walk: Walk,
): readonly unknown[] {
  const inner = list.map((item) => {
    if (typeof item === 'function') throw new TypeError('not an attribute value');
    if (typeof item === 'string')
      return flags & UNSCANNED ? item : run.note(run.policy.scan(item), item, path);
    return isObject(item) ? redactNested(item, path, flags, run, walk) : item;
  });
  return inner.some((item, index) => item !== list[index]) ? inner : list;
}

function redactMap(map: object, path: string, ofMap: number, run: RedactionRun, walk: Walk): object {
  if (!isPlain(map)) throw new TypeError('not an attribute value');
  const { keys } = run.policy;
  const kept: Record<string, unknown> = {};
  const { within, result } = run;
  run.moveTo(map, kept);
  try {
    for (const [name, value] of Object.entries(map)) {
      const namePath = `${path}.${name}`;
      const inner = flagsWithin(namePath, name, keys);
      if (inner & LLM) run.nestsCall = true;
      const flags = ofMap & ALLOWED ? ALLOWED | (inner & REMOVED) : inner;
      const redacted = redactValue(flags, value, namePath, run, false, walk);
      if (redacted !== undefined) kept[name] = redacted;
    }
  } finally {
    run.moveTo(within, result);
  }
  return kept;
}

/**
 * The flags of a name in a map: alone, together with the names above it, and with the last few of them. Rule numbers can't
 * be combined: the longest name that has one takes precedence. Only attribute keys can be listed: what is inside a listed
 * one stays.
 */
function flagsWithin(path: string, name: string, keys: KeyRules): number {
  const ofName = keys.flagsOf(name);
  if (ofName & REMOVED) return ofName;
  let flags = keys.flagsOf(path);
  const isKnown = (flags & KNOWN) !== 0;
  let at = path.length - name.length;
  for (let names = 0; at > 0 && names < MAX_NAMES; names++) {
    const ofEnd = keys.flagsOf(path.slice(at));
    // `llm.tokens.input` is not an `input`.
    if (ofEnd & KNOWN) flags &= ~QUOTING;
    flags = flags & RULED ? flags : ofEnd & RULED ? ofEnd : flags | ofEnd;
    at = path.lastIndexOf('.', at - 2) + 1;
  }
  return flags & ~(isKnown ? UNLISTED | QUOTING : UNLISTED);
}

function replaceContent(value: unknown, key: string, run: RedactionRun): unknown {
  return applyRule(run.policy.content, value, key, run);
}

function actionOf(flags: number, policy: RedactionPolicy): RuleAction {
  return policy.actions[flags >>> ACTION_SHIFT] ?? policy.content;
}

function withoutQuery(url: string): string {
  const at = url.search(/[?#]/);
  return at === -1 ? url : url.slice(0, at);
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

/** Whether there are no names, nor further lists, in a value. */
function isFlat(value: unknown): boolean {
  return !isObject(value) || (Array.isArray(value) && !value.some(isObject));
}

/** Also for an object of another realm, which some test runners use. */
export function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return !isObject(prototype) || Object.getPrototypeOf(prototype) === null;
}
